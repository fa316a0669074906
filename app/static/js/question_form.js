// The form of one question. Its buttons work by posting; htmx does that in place. Here is what the
// two leave open: a change made by a button is saved like typing, and a form that took the place of
// another is given its behaviour again.

const form = document.getElementById("question");

form.classList.add("live");
form.addEventListener("htmx:afterSettle", () => form.dispatchEvent(new Event("change")));
form.addEventListener("stored", () => htmx.process(form));
