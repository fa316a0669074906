// Buttons that copy the words of a box. Without this file they are marked and copied by hand.

for (const place of document.querySelectorAll("[data-copy]")) {
  const button = place.querySelector("button");
  const box = place.querySelector("textarea");
  const said = place.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    box.select();
    try {
      await navigator.clipboard.writeText(box.value);
      said.textContent = "Copied";
    } catch {
      // Only secure pages may write there; the words are marked, so that a key copies them.
      said.textContent = "The words are marked: copy them with Ctrl and C";
    }
  });
}
