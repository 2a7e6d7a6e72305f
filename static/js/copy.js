/** A copy button shows only where it works, and says that it did. */
export function offerCopy(page, clipboard = navigator.clipboard) {
  if (!clipboard) return;
  for (const button of page.querySelectorAll("[data-copy]")) {
    const source = page.getElementById(button.dataset.copy);
    const word = button.firstChild;
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      const lines = [...source.querySelectorAll("p")].map((line) => line.textContent);
      await clipboard.writeText(lines.join("\n"));
      word.data = button.dataset.copied;
    });
  }
}
