// Questions that depend on others of the same page come and go as those are answered, and so do the
// boxes for “other”. Without this file all of them are shown, each with its condition in words.

const questions = [...document.querySelectorAll("[data-question]")];
const byKey = new Map(questions.map((question) => [question.dataset.question, question]));

const fieldsNamed = (question, name) => [...question.querySelectorAll("input, select, textarea")].filter((field) => field.name === name);

// As the server reads them: the digits of Arabic and Persian, and signs for less than nothing.
const plain = (typed) => typed.trim()
  .replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15))
  .replace(/[−–]/g, "-")
  .replace(/٫/g, ".")
  .replace(/[٬,\s]/g, "");

const READERS = {
  date: (question, key) => {
    const [day, month, year] = ["day", "month", "year"].map((part) => fieldsNamed(question, `${key}-${part}`)[0]?.value ?? "").map(plain);
    return day && month && year ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : "";
  },
  multiple: (question, key) => fieldsNamed(question, key).filter((field) => field.checked).map((field) => field.value),
  number: (question, key) => {
    const typed = plain(fieldsNamed(question, key)[0].value);
    return typed === "" || Number.isNaN(Number(typed)) ? "" : Number(typed);
  },
  ranking: (question) => [...question.querySelectorAll("select, input")].filter((field) => field.value).map((field) => field.name.slice(field.name.indexOf(".") + 1)),
  upload: (question, key) => (question.querySelector("[data-kept]") ? "kept" : fieldsNamed(question, key)[0].value),
  grid: (question) => [...question.querySelectorAll("input:checked")].map((field) => field.value),
};

function typedInto(question, name) {
  const fields = fieldsNamed(question, name);
  if (fields[0]?.type === "radio") return fields.find((field) => field.checked)?.value ?? "";
  return fields[0]?.value.trim() ?? "";
}

// A question that is hidden, or is not on this page, has no answer.
function answerTo(name) {
  const [key] = name.split(".", 1);
  const question = byKey.get(key);
  if (!question || question.hidden) return "";
  const read = name === key ? READERS[question.dataset.type] : undefined;
  return read ? read(question, key) : typedInto(question, name);
}

const isGiven = (answer) => (Array.isArray(answer) ? answer.length > 0 : answer !== "");

// Points of a scale run from the most positive, so a smaller index is more.
function compared(name, answer, wanted) {
  const points = JSON.parse(byKey.get(name.split(".", 1)[0])?.dataset.points ?? "null");
  if (!points) return answer < wanted ? -1 : Number(answer > wanted);
  return points.includes(answer) ? points.indexOf(wanted) - points.indexOf(answer) : undefined;
}

function passes(condition) {
  const answer = answerTo(condition.question);
  if ("answered" in condition) return isGiven(answer) === condition.answered;
  if ("is_not" in condition) return answer !== condition.is_not;
  if (!isGiven(answer)) return false;
  if ("is" in condition) return answer === condition.is;
  if ("includes" in condition) return [answer].flat().includes(condition.includes);
  if ("at_least" in condition) return compared(condition.question, answer, condition.at_least) >= 0;
  return compared(condition.question, answer, condition.at_most) <= 0;
}

function holds(condition) {
  if (condition.all) return condition.all.every(holds);
  if (condition.any) return condition.any.some(holds);
  if (condition.not) return !holds(condition.not);
  return passes(condition);
}

// What has come and gone since it was last told to those who hear the page.
let changes = [];

// What is hidden is switched off, and a box for “other” is then not sent.
function show(part, shown) {
  if (part.hidden === shown) {
    const { comes, goes } = part.closest("[data-question]").dataset;
    const words = part.querySelector("legend, label, .statement").textContent.trim().replace(/\s+/g, " ");
    changes.push((shown ? comes : goes).replace("{question}", words));
  }
  part.hidden = !shown;
  for (const field of part.querySelectorAll("input, select, textarea")) field.disabled = !shown;
}

function showBoxes() {
  for (const choice of document.querySelectorAll("[data-aria-controls]")) {
    const box = document.getElementById(choice.dataset.ariaControls);
    if (box && !choice.disabled) show(box, choice.checked);
  }
  for (const box of document.querySelectorAll("[data-other-of]")) {
    const list = document.getElementById(box.dataset.otherOf);
    if (!list.disabled) show(box, list.value === "other");
  }
}

// In the order asked: a condition looks only at questions before it.
function refresh() {
  for (const question of questions) {
    if (question.dataset.showIf) show(question, holds(JSON.parse(question.dataset.showIf)));
  }
  showBoxes();
}

// Said politely, after the choice itself has been read out, and only where the reader made a change.
const told = document.createElement("div");
told.className = "govuk-visually-hidden";
told.setAttribute("aria-live", "polite");

function refreshAndTell() {
  changes = [];
  refresh();
  if (changes.length) told.replaceChildren(...changes.map((words) => Object.assign(document.createElement("p"), { textContent: words })));
}

// “None of these” and the other choices put each other out.
function keepExclusive(chosen) {
  if (!chosen.checked || chosen.type !== "checkbox") return;
  const alone = chosen.dataset.behaviour === "exclusive";
  for (const field of fieldsNamed(chosen.closest("[data-question]"), chosen.name)) {
    if (field !== chosen && (alone || field.dataset.behaviour === "exclusive")) field.checked = false;
  }
}

// A question that another answer has just hidden is sent along all the same: the server does not
// count it, but gives it back when that answer changes again, and says so before anything is sent.
// To the same page again (in another language, with a file more or less) every box goes along.
document.addEventListener("submit", (event) => {
  const stays = ["_language", "_add", "_remove"].includes(event.submitter?.name);
  const hidden = stays ? "[data-question] :disabled" : "[data-question][hidden] :disabled";
  for (const field of event.target.querySelectorAll(hidden)) field.disabled = false;
});

if (questions.length) {
  document.documentElement.classList.add("conditions-live");
  questions[0].closest("form, main").append(told);
  document.addEventListener("change", (event) => {
    if (event.target.closest("[data-question]")) keepExclusive(event.target);
    refreshAndTell();
  });
  document.addEventListener("input", refreshAndTell);
  // Going back in the browser restores what was typed after this file has run.
  window.addEventListener("pageshow", refresh);
  refresh();
}
