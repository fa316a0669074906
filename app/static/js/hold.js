// Does the sum that a crowded server asks for (PBKDF2, as altcha's protocol 2 has it), so that nobody
// has to wait. Without this file, or where the browser cannot do the sum, the page says how long.

const place = document.querySelector("[data-hold]");
const form = place && place.closest("form");
const told = place && place.querySelector(".hold__told");
const answer = place && form.elements.namedItem("_work");
const TOGETHER = 8;

let ready = false;
let sending = false;

function tell(words) {
  told.hidden = false;
  told.textContent = words;
}

function bytes(hex) {
  return Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
}

function hex(buffer) {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function derived(task, counter) {
  const nonce = bytes(task.nonce);
  const password = new Uint8Array(nonce.length + 4);
  password.set(nonce);
  new DataView(password.buffer).setUint32(nonce.length, counter);
  const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", salt: bytes(task.salt), iterations: task.cost, hash: "SHA-256" };
  return hex(await crypto.subtle.deriveBits(how, key, task.keyLength * 8));
}

// The browser derives keys beside the page, which so goes on answering to its reader.
async function solved(task) {
  for (let first = 0; ; first += TOGETHER) {
    const counters = Array.from({ length: TOGETHER }, (_, more) => first + more);
    const keys = await Promise.all(counters.map((counter) => derived(task, counter)));
    const found = keys.findIndex((key) => key.startsWith(task.keyPrefix));
    if (found >= 0) return { counter: counters[found], derivedKey: keys[found] };
  }
}

function finish(words) {
  if (ready) return;
  ready = true;
  tell(words);
  if (sending) form.requestSubmit();
}

async function work() {
  const challenge = JSON.parse(place.dataset.hold);
  const solution = await solved(challenge.parameters);
  answer.value = btoa(JSON.stringify({ challenge, solution }));
  finish(place.dataset.done);
}

// Whoever has pressed the button once need not press it again.
function begin() {
  place.querySelector(".hold__words").hidden = true;
  for (const line of document.querySelectorAll("[data-hold-words]")) line.textContent = place.dataset.working;
  sending = "again" in place.dataset;
  tell(sending ? place.dataset.sending : place.dataset.working);
  setTimeout(() => finish(place.dataset.waited), (Number(place.dataset.seconds) + 1) * 1000);
  work();
  // Before the page's own look at double clicks, which would take the later sending for one.
  window.addEventListener("submit", (event) => {
    if (event.target !== form || ready) return;
    event.preventDefault();
    event.stopPropagation();
    sending = true;
    tell(place.dataset.sending);
  }, { capture: true });
}

if (place && window.crypto && crypto.subtle) begin();
