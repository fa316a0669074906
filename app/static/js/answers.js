// Saves each answer as it changes, and asks where it was answered differently elsewhere since this
// page was opened. Without this file answers are saved page by page.

const WHILE_TYPING = 1500;
const AGAIN = 6000;
const LONGEST_WAIT = 4000;

const line = document.querySelector("[data-save]");
const form = line && line.closest("form");
const trouble = line && line.querySelector(".saving__trouble");
const seen = form && form.elements.namedItem("_seen");

const waiting = new Map(); // question by key, in the order they changed
const held = new Set(); // questions that wait for the reader's choice
let busy = null;
let saving = null; // the question whose save is under way, by key
let began = false;
let stopped = false;

function tell(words) {
  if (trouble.textContent !== words) trouble.textContent = words;
}

function stop(words) {
  stopped = true;
  clearTimeout(stop.timer);
  tell(words);
}

// Nothing typed here is kept anywhere else: going back must not load the page anew.
const COOKIELESS = "cookieless";
function stopWithoutCookies() {
  history.replaceState(COOKIELESS, "");
  form.prepend(trouble);
  stop(line.dataset.noCookies);
}

// What the server was shown to hold, `key:hash` a question.
function seenOf(key) {
  return seen.value.split(" ").find((entry) => entry.startsWith(`${key}:`)) ?? "";
}

function noteSeen(key, hash) {
  const others = seen.value.split(" ").filter((entry) => entry && !entry.startsWith(`${key}:`));
  seen.value = [...others, ...(hash ? [`${key}:${hash}`] : [])].join(" ");
}

// Fields that a condition hides are not sent; what was answered to them once stays on the server.
function bodyOf(question) {
  const body = new URLSearchParams();
  for (const field of question.querySelectorAll("input, select, textarea")) {
    const off = field.disabled || !field.name || field.type === "file" || field.name.startsWith("_");
    const unchosen = (field.type === "radio" || field.type === "checkbox") && !field.checked;
    if (!off && !unchosen) body.append(field.name, field.value);
  }
  const key = question.dataset.question;
  body.set("_question", key);
  body.set("_seen", seenOf(key));
  for (const name of ["_version", "_ordering", "_in"]) {
    const field = form.elements.namedItem(name);
    if (field) body.set(name, field.value);
  }
  if (began) body.set("_began", "yes");
  return body;
}

function post(body, keepalive = false) {
  return fetch(line.dataset.save, { method: "POST", body, credentials: "same-origin", keepalive });
}

async function save(key, question) {
  const answer = await post(bodyOf(question));
  const told = await answer.json().catch(() => ({ stop: "page" }));
  if (answer.ok) {
    began ||= Boolean(told.began);
    noteSeen(key, told.seen);
    tell("");
  } else if (told.said) ask(key, question, told);
  else if (told.words) tell(told.words);
  else if (told.stop === "cookies") stopWithoutCookies();
  else stop(line.dataset.stopped);
}

// One at a time: a second save that overtook the first would seem to come from elsewhere.
async function saveAll() {
  while (waiting.size && !stopped) {
    const [key, question] = waiting.entries().next().value;
    waiting.delete(key);
    if (question.hidden || held.has(key)) continue;
    saving = [key, question];
    try {
      await save(key, question);
    } catch {
      waiting.set(key, question);
      tell(line.dataset.failed);
      soon(AGAIN);
      return;
    } finally {
      saving = null;
    }
  }
}

function begin() {
  clearTimeout(stop.timer);
  busy ??= saveAll().finally(() => { busy = null; });
  return busy;
}

function soon(pause) {
  clearTimeout(stop.timer);
  if (!stopped) stop.timer = setTimeout(begin, pause);
}

// The reader chooses beside the question; until then neither answer replaces the other.
function ask(key, question, told) {
  held.add(key);
  const box = document.createElement("div");
  box.className = "differs";
  box.setAttribute("role", "alert");
  const words = document.createElement("p");
  words.className = "govuk-body";
  words.textContent = line.dataset.differs;
  const theirs = document.createElement("p");
  theirs.className = "govuk-body differs__theirs";
  theirs.dir = "auto";
  theirs.textContent = told.said.join("\n") || line.dataset.empty;
  box.append(words, theirs, button(line.dataset.mine, () => {
    box.remove();
    held.delete(key);
    noteSeen(key, told.seen);
    waiting.set(key, question);
    begin();
  }), button(line.dataset.theirs, async () => {
    waiting.delete(key);
    await begin();
    // Not a reload, after which browsers put back what was typed.
    location.replace(location.pathname + location.search);
  }));
  question.prepend(box);
}

function button(words, pressed) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "govuk-button govuk-button--secondary differs__keep", textContent: words });
  made.addEventListener("click", pressed);
  return made;
}

function changed(event, pause) {
  const question = event.target.closest("[data-question]");
  if (!question || stopped || event.target.type === "file") return;
  waiting.set(question.dataset.question, question);
  soon(pause);
}

function typedIn(field) {
  return field.matches("textarea, input:not([type='radio'], [type='checkbox'])");
}

if (form) {
  line.hidden = false;
  if (!navigator.cookieEnabled || history.state === COOKIELESS) stopWithoutCookies();

  form.addEventListener("input", (event) => changed(event, typedIn(event.target) ? WHILE_TYPING : 0));
  form.addEventListener("change", (event) => changed(event, 0));

  // The form's own post must not overtake a saving that is under way.
  form.addEventListener("submit", (event) => {
    if (stopped || (!busy && !waiting.size)) return;
    waiting.clear();
    clearTimeout(stop.timer);
    if (!busy) return;
    event.preventDefault();
    // Not told to what guards against a second press: this one is sent again in a moment.
    event.stopPropagation();
    const { submitter } = event;
    const patience = new Promise((resolve) => { setTimeout(resolve, LONGEST_WAIT); });
    Promise.race([busy, patience]).then(() => {
      stopped = true;
      form.requestSubmit(submitter);
    });
  });

  // Whoever finishes at a kiosk leaves nothing that is still to be saved.
  document.getElementById("finish")?.addEventListener("submit", () => {
    stopped = true;
    waiting.clear();
    clearTimeout(stop.timer);
  });

  // Whoever closes the page in the middle of a word has that saved too, and once more what was under
  // way: the browser may have broken it off. The first save of all brings the cookie, and another
  // beside it would begin a second draft.
  window.addEventListener("pagehide", () => {
    if (stopped || (busy && !began && "blank" in line.dataset)) return;
    const left = new Map(saving ? [saving, ...waiting] : waiting);
    for (const [key, question] of left) if (!held.has(key) && !question.hidden) post(bodyOf(question), true).catch(() => {});
    waiting.clear();
  });

  // Going back shows the page as it was opened; what has been saved since is asked for.
  const cameBack = () => performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  window.addEventListener("pageshow", (event) => {
    if (history.state === COOKIELESS) return;
    if (event.persisted || (cameBack() && "blank" in line.dataset)) location.replace(location.pathname + location.search);
  });
}
