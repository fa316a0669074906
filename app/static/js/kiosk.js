// On a device that many use: whoever has gone away without finishing is asked, then their page is cleared.
// Any touch or key begins the time anew, and the question can be answered as often as it comes.

const IDLE = 120_000;
const WARNING = 60;

const dialog = document.getElementById("still-here");
const finish = document.getElementById("finish");

if (dialog && finish) {
  const words = dialog.querySelector("[data-words]");
  const forms = JSON.parse(words.dataset.count);
  const rules = new Intl.PluralRules(document.documentElement.lang);
  let idle;
  let ticking;
  let left;

  const told = (seconds) => (forms[rules.select(seconds)] ?? forms.other).replace("{n}", seconds);

  const tell = () => { words.textContent = words.dataset.words.replace("{time}", told(left)); };

  const ask = () => {
    left = WARNING;
    tell();
    dialog.showModal();
    ticking = setInterval(() => {
      left -= 1;
      if (left > 0) tell();
      else {
        clearInterval(ticking);
        finish.requestSubmit();
      }
    }, 1000);
  };

  const wait = () => {
    if (dialog.open) return;
    clearTimeout(idle);
    idle = setTimeout(ask, IDLE);
  };

  dialog.addEventListener("close", () => {
    clearInterval(ticking);
    wait();
  });
  dialog.querySelector(".still-here__on").addEventListener("click", () => dialog.close());
  for (const sign of ["pointerdown", "keydown", "input", "scroll"]) document.addEventListener(sign, wait, { passive: true, capture: true });
  wait();
}
