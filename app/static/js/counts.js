// How many characters are left in a long answer, shown from three quarters on and read out when the
// typing pauses. Without this file the limit stands below the box, and the server says what is over.

const PAUSE = 1000;

// The server counts characters, not the two halves that some are made of.
const lengthOf = (text) => [...text.trim()].length;

function inWords(left, language) {
  const count = Math.abs(left).toLocaleString("en-GB");
  if (language === "cy") return `Mae gennych ${count} nod yn ${left < 0 ? "ormod" : "weddill"}`;
  const noun = Math.abs(left) === 1 ? "character" : "characters";
  return left < 0 ? `You have ${count} ${noun} too many` : `You have ${count} ${noun} left`;
}

for (const group of document.querySelectorAll("[data-maxlength]")) {
  const box = group.querySelector("textarea");
  const most = Number(group.dataset.maxlength);
  const from = (most * Number(group.dataset.threshold || 0)) / 100;
  const seen = group.querySelector(".govuk-character-count__message");
  const plain = seen.textContent;
  const { lang: language } = group.closest("[lang]");
  const spoken = document.createElement("div");
  spoken.className = "govuk-visually-hidden";
  spoken.setAttribute("aria-live", "polite");
  group.append(spoken);
  let pause;

  const count = () => {
    const length = lengthOf(box.value);
    const words = length >= from ? inWords(most - length, language) : plain;
    seen.textContent = words;
    seen.classList.toggle("govuk-error-message", length > most);
    seen.classList.toggle("govuk-hint", length <= most);
    clearTimeout(pause);
    pause = setTimeout(() => { spoken.textContent = length >= from ? words : ""; }, PAUSE);
  };
  box.addEventListener("input", count);
  window.addEventListener("pageshow", count);
}
