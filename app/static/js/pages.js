// Small comforts for every page. Without this file everything works the same.

// A second press within a moment is a double click, not a second wish. Nothing is disabled, so that
// the pressed button's own name and value are still sent, and going back leaves a working form.
const MOMENT = 1500;
const lastSent = new WeakMap();

document.addEventListener("submit", (event) => {
  const sent = lastSent.get(event.target);
  if (sent !== undefined && event.timeStamp - sent < MOMENT) {
    event.preventDefault();
    return;
  }
  lastSent.set(event.target, event.timeStamp);
});

// The list of problems is read out and reached first.
const summary = document.querySelector("[data-error-summary]");
if (summary) {
  summary.setAttribute("tabindex", "-1");
  summary.focus();
  summary.addEventListener("blur", () => summary.removeAttribute("tabindex"), { once: true });
}

// A link of the list takes the reader to the question's own words, with the field ready to type in.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-error-summary] a[href^='#']");
  const place = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!place) return;
  event.preventDefault();
  const field = place.matches("input, select, textarea") ? place : place.querySelector("input, select, textarea");
  const group = place.closest("fieldset") || place.closest(".govuk-form-group") || place;
  const words = group.querySelector("legend, label") || group;
  words.scrollIntoView();
  (field || place).focus({ preventScroll: true });
});
