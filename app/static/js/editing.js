// The editor's comforts: forms that save themselves, a preview that keeps up, news of what others
// changed, and rows that can be dragged. Without this file every one of them is a button or a link.

const PAUSE = 1200;
const AGAIN = 5000;
const LOOK_FOR_NEWS = 10000;
// The hidden fields that say what a form was made of.
const READ = ["revision", "opened", "_opened"];

// Where an action has landed is reached first; some browsers scroll there without going there. Who has
// begun to type or to tab before this file came is left alone.
const landed = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
const idle = !document.activeElement || document.activeElement === document.body;
if (landed && idle && landed.matches("[tabindex='-1']")) landed.focus();

// The preview.

const frame = document.querySelector("[data-preview]");

function showQuestion() {
  const key = frame.dataset.preview;
  const seen = key && frame.contentDocument;
  const question = seen && seen.querySelector(`[data-question="${CSS.escape(key)}"]`);
  if (question) frame.contentWindow.scrollTo(0, question.offsetTop - 16);
}

function reloadPreview() {
  if (!frame || !frame.contentWindow) return;
  const { scrollX, scrollY } = frame.contentWindow;
  frame.addEventListener("load", () => frame.contentWindow.scrollTo(scrollX, scrollY), { once: true });
  frame.contentWindow.location.reload();
}

if (frame) {
  // Until it has loaded, a frame holds an empty document that counts as complete.
  const there = frame.contentDocument;
  if (there && there.URL !== "about:blank" && there.readyState === "complete") showQuestion();
  else frame.addEventListener("load", showQuestion, { once: true });
}

// The width that was chosen moves the preview on the page: it stays in sight.
for (const width of document.querySelectorAll("[name='_preview']")) {
  width.addEventListener("change", () => width.closest("section").scrollIntoView({ block: "nearest" }));
}

// Forms that save themselves (`form[data-autosave]` with an id). A saving is the form's own post with
// `_autosave`, and is answered with the form as it is now stored: its hidden fields say what was last
// read, and what somebody else changed meanwhile shows in the others. 409 means that both changed
// the same: then the form is sent as by its button, and the server shows both texts.

function fieldsOf(form) {
  return new URLSearchParams(new FormData(form)).toString();
}

function namesOf(form) {
  return [...form.elements].map((field) => field.name).join(" ");
}

// What tells apart whose field is whose: their names, and what is hidden beside them.
function shapeOf(form) {
  return [...form.elements].map((field) => (field.type === "hidden" ? `${field.name}=${field.value}` : field.name)).join(" ");
}

function inWords(problems) {
  return [...problems].map((line) => line.textContent.trim()).join("; ");
}

class Autosave {
  constructor(form) {
    this.form = form;
    this.saved = fieldsOf(form);
    this.busy = false;
    this.line = document.createElement("p");
    this.line.className = "autosave";
    this.line.setAttribute("role", "status");
    this.line.textContent = "Changes are saved as you go.";
    form.append(this.line);
    form.addEventListener("input", () => this.soon(PAUSE));
    form.addEventListener("change", () => this.soon(0));
    form.addEventListener("submit", () => {
      clearTimeout(this.timer);
      this.leaving = true;
    });
    // Whoever comes back to the page is warned again.
    window.addEventListener("pageshow", () => { this.leaving = false; });
    window.addEventListener("beforeunload", (event) => {
      if (!this.leaving && this.isDirty()) event.preventDefault();
    });
  }

  isDirty() {
    return this.busy || fieldsOf(this.form) !== this.saved;
  }

  soon(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  say(words, wrong) {
    if (this.line.textContent !== words) this.line.textContent = words;
    this.line.classList.add("autosave--said");
    this.line.classList.toggle("autosave--wrong", Boolean(wrong));
  }

  async save() {
    if (this.busy) return this.soon(PAUSE);
    const sent = fieldsOf(this.form);
    if (sent === this.saved || this.leaving) return;
    this.busy = true;
    this.shape = shapeOf(this.form);
    try {
      const body = new URLSearchParams(sent);
      body.set("_autosave", "yes");
      const answer = await fetch(this.form.action, { method: "POST", body, credentials: "same-origin" });
      await this.answered(answer, sent);
    } catch {
      this.say("Not saved: there is no connection. It will be tried again.", true);
      this.soon(AGAIN);
    } finally {
      this.busy = false;
    }
    if (fieldsOf(this.form) !== this.saved && !this.line.classList.contains("autosave--wrong")) this.soon(PAUSE);
  }

  async answered(answer, sent) {
    if (answer.status === 409) return this.goToConflict();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!answer.ok) {
      const problems = page.querySelectorAll(".govuk-error-summary__list li");
      const heading = page.querySelector("h1");
      const words = problems.length ? inWords(problems) : heading && heading.textContent.trim();
      this.say(`Not saved: ${words || "something went wrong on our side"}`, true);
      return undefined;
    }
    const stored = page.getElementById(this.form.id);
    if (!stored) return this.goToConflict();
    this.takeOver(stored, sent);
    this.say(this.brought ? "Saved, with what somebody else changed meanwhile" : "Saved");
    if (answer.redirected) history.replaceState(null, "", answer.url);
    reloadPreview();
    return undefined;
  }

  // The server shows both texts, with everything that was typed still there.
  goToConflict() {
    this.leaving = true;
    HTMLFormElement.prototype.submit.call(this.form);
  }

  // Makes the form agree with what is stored. What was typed since the sending stays; where that is
  // also what somebody else changed, all stays as it was read, so that the next saving asks.
  takeOver(stored, sent) {
    const before = new URLSearchParams(sent);
    const here = new URLSearchParams(fieldsOf(this.form));
    const there = new URLSearchParams(fieldsOf(stored));
    const typedSince = (name) => here.getAll(name).join("\n") !== before.getAll(name).join("\n");
    const changedThere = (name) => there.getAll(name).join("\n") !== before.getAll(name).join("\n");
    const seen = [...stored.elements].filter((field) => field.name && field.type !== "hidden");
    const names = [...new Set(seen.map((field) => field.name))];
    this.brought = names.some((name) => before.has(name) && there.has(name) && changedThere(name));
    this.saved = sent;
    // Rows that were moved since the sending: a field's name is another's by now, so only what was
    // read is brought up to date, and the next saving sends the rows as they stand.
    if (this.shape !== shapeOf(this.form)) return this.brought ? undefined : this.readNow(stored);
    if (names.some((name) => typedSince(name) && changedThere(name))) return undefined;
    if (namesOf(this.form) === namesOf(stored)) this.fillIn(stored, names.filter(changedThere));
    else this.replaceWith(stored, names.filter(typedSince), here);
    this.form.setAttribute("action", stored.getAttribute("action"));
    this.saved = there.toString();
    return undefined;
  }

  readNow(stored) {
    for (const name of READ) {
      const [own, other] = [this.form, stored].map((form) => form.elements.namedItem(name));
      if (own && other) own.value = other.value;
    }
  }

  fillIn(stored, changed) {
    const theirs = [...stored.elements];
    [...this.form.elements].forEach((field, at) => {
      const other = theirs[at];
      if (field.type === "hidden") field.value = other.value;
      else if (changed.includes(field.name)) Autosave.copy(other, field);
    });
  }

  static copy(from, to) {
    if (to.type === "checkbox" || to.type === "radio") to.checked = from.checked;
    else to.value = from.value;
  }

  // Rows came or went: the stored form takes the place of this one, and the cursor stays.
  replaceWith(stored, typedSince, here) {
    const at = document.activeElement;
    const held = this.form.contains(at) ? { id: at.id, name: at.name, from: at.selectionStart, to: at.selectionEnd } : null;
    this.form.replaceChildren(...document.importNode(stored, true).childNodes, this.line);
    for (const field of this.form.elements) {
      if (!typedSince.includes(field.name)) continue;
      if (field.type === "checkbox" || field.type === "radio") field.checked = here.getAll(field.name).includes(field.value);
      else field.value = here.get(field.name);
    }
    this.form.dispatchEvent(new CustomEvent("stored", { bubbles: true }));
    if (!held) return;
    const field = document.getElementById(held.id) || this.form.elements.namedItem(held.name);
    if (!field || !field.focus) return;
    field.focus({ preventScroll: true });
    if (typeof held.from === "number" && field.setSelectionRange) field.setSelectionRange(held.from, held.to);
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);

// News: what others changed since this page was opened.

const news = document.querySelector("[data-news]");

async function lookForNews() {
  if (document.hidden) return;
  const answer = await fetch(news.dataset.news, { credentials: "same-origin" }).catch(() => null);
  if (!answer || !answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.querySelector("[data-new-changes]");
  if (found && found.textContent !== news.textContent) news.replaceChildren(document.importNode(found, true));
}

if (news) setInterval(lookForNews, LOOK_FOR_NEWS);

// A list of more to do closes by a press elsewhere, and by Escape.

function closeLists(except) {
  for (const list of document.querySelectorAll("details.more[open]")) {
    if (!except || !list.contains(except)) list.open = false;
  }
}

document.addEventListener("click", (event) => closeLists(event.target));
document.addEventListener("keydown", (event) => {
  const list = event.key === "Escape" && event.target.closest("details.more[open]");
  if (list) list.querySelector("summary").focus();
  if (event.key === "Escape") closeLists();
});

// Rows that can be dragged: a drop presses what the buttons press.

const outline = document.querySelector("[data-outline]");
let dragged = null;

function placeAt(event) {
  const row = event.target.closest("[data-row]");
  const page = event.target.closest("[data-page]");
  if (!page) return null;
  if (!row) return { page, before: null };
  const box = row.getBoundingClientRect();
  const upper = event.clientY < box.top + box.height / 2;
  return { page, before: upper ? row : row.nextElementSibling };
}

function mark(place) {
  for (const each of outline.querySelectorAll(".outline__here, .outline__here--end")) {
    each.classList.remove("outline__here", "outline__here--end");
  }
  if (!place) return;
  if (place.before) place.before.classList.add("outline__here");
  else place.page.classList.add("outline__here--end");
}

// Named by the question that it comes after, so that nobody else's change shifts the place.
function send(row, place) {
  const others = [...place.page.querySelectorAll("[data-row]")].filter((each) => each !== row);
  const after = place.before ? others[others.indexOf(place.before) - 1] : others[others.length - 1];
  const form = outline.closest("form");
  const field = document.createElement("input");
  const value = `${place.page.dataset.page}/${after ? after.dataset.key : ""}`;
  Object.assign(field, { type: "hidden", name: "place", value });
  form.append(field);
  form.setAttribute("action", row.dataset.row);
  form.requestSubmit();
}

if (outline) {
  for (const row of outline.querySelectorAll("[data-row]")) row.draggable = true;
  outline.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-row]");
    if (dragged) event.dataTransfer.effectAllowed = "move";
  });
  outline.addEventListener("dragover", (event) => {
    const place = dragged && placeAt(event);
    if (!place) return;
    event.preventDefault();
    mark(place);
  });
  outline.addEventListener("dragend", () => {
    mark(null);
    dragged = null;
  });
  outline.addEventListener("drop", (event) => {
    const place = dragged && placeAt(event);
    if (!place) return;
    event.preventDefault();
    if (place.before !== dragged) send(dragged, place);
    mark(null);
  });
}
