// How many characters or words are left in a long answer, shown from three quarters on and read out when the
// typing pauses. Without this file the limit stands below the box, and the server says what is over.

const PAUSE = 1000;

// The server counts characters, not the two halves that some are made of.
const lengthOf = (text) => [...text.trim()].length;
const wordsIn = (text) => text.split(/\s+/).filter(Boolean).length;

// The page brings the words, a form for each kind of number that its language tells apart.
function inWords(left, group) {
  const { lang } = group.closest("[lang]");
  const count = Math.abs(left);
  const said = group.closest("[data-left]").dataset;
  const forms = JSON.parse(left < 0 ? said.over : said.left);
  const form = forms[new Intl.PluralRules(lang).select(count)] ?? forms.other;
  return form.replace("{n}", count.toLocaleString(`${lang === "en" ? "en-GB" : lang}-u-nu-latn`));
}

for (const group of document.querySelectorAll("[data-maxlength], [data-maxwords]")) {
  const box = group.querySelector("textarea");
  const { maxwords, maxlength } = group.dataset;
  const most = Number(maxwords ?? maxlength);
  const measured = maxwords ? wordsIn : lengthOf;
  const from = (most * Number(group.dataset.threshold || 0)) / 100;
  const seen = group.querySelector(".govuk-character-count__message");
  const plain = seen.textContent;
  const spoken = document.createElement("div");
  spoken.className = "govuk-visually-hidden";
  spoken.setAttribute("aria-live", "polite");
  group.append(spoken);
  let pause;

  const count = () => {
    const length = measured(box.value);
    const words = length >= from ? inWords(most - length, group) : plain;
    seen.textContent = words;
    seen.classList.toggle("govuk-error-message", length > most);
    seen.classList.toggle("govuk-hint", length <= most);
    clearTimeout(pause);
    pause = setTimeout(() => { spoken.textContent = length >= from ? words : ""; }, PAUSE);
  };
  box.addEventListener("input", count);
  window.addEventListener("pageshow", count);
}
