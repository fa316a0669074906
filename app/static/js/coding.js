// Keyboard shortcuts for the coding desk. Without this file every one of them is a box, a button or
// a link. They can be switched off, and keep quiet while somebody types.

const form = document.querySelector("[data-coding]");
const panel = document.getElementById("shortcuts");
const onOff = document.getElementById("shortcuts-on");
const said = document.getElementById("shortcut-said");
const undoForm = document.getElementById("undo");
const REMEMBERED = "hearback-shortcuts";

// A browser may refuse to remember; then the switch holds for this page only.
function remembered() {
  try { return localStorage.getItem(REMEMBERED) !== "off"; } catch { return true; }
}

function remember(on) {
  try { localStorage.setItem(REMEMBERED, on ? "on" : "off"); } catch { /* nothing to mend */ }
}

function showKeys() {
  for (const key of form.querySelectorAll("kbd.key")) key.hidden = !onOff.checked;
}

const isTyping = (place) => place.closest("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])") !== null;
const hasOwnEnter = (place) => place.closest("a, button, summary") !== null;

function tick(key) {
  const box = form.querySelector(`[data-key="${key}"]`);
  if (!box) return false;
  box.checked = !box.checked;
  const name = form.querySelector(`label[for="${box.id}"]`).lastChild.textContent.trim();
  said.textContent = `${name}: ${box.checked ? "ticked" : "not ticked"}`;
  return true;
}

const save = () => form.requestSubmit(form.querySelector("[name=do][value=save]"));

function press(event) {
  const key = event.key.toLowerCase();
  if (/^[0-9]$/.test(key)) return tick(key);
  if (key === "enter" && !hasOwnEnter(event.target)) return save() ?? true;
  if (key === "s") return location.assign(form.dataset.skip) ?? true;
  if (key === "u" && undoForm) return undoForm.requestSubmit() ?? true;
  return false;
}

if (form) {
  panel.hidden = false;
  onOff.checked = remembered();
  showKeys();
  onOff.addEventListener("change", () => {
    remember(onOff.checked);
    showKeys();
  });
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.repeat) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      save();
      return;
    }
    if (!onOff.checked || event.ctrlKey || event.metaKey || event.altKey) return;
    // Enter in the field of a new theme adds it, rather than saving the answer.
    if (event.key === "Enter" && event.target.id === "new_theme") {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[name=do][value=add]"));
      return;
    }
    if (!isTyping(event.target) && press(event)) event.preventDefault();
  });
}
