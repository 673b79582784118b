// Copy buttons; the page says the same without them.
"use strict";
for (const button of document.querySelectorAll("button.copy")) {
  const source = document.getElementById(button.dataset.copy);
  const label = button.textContent;
  if (!source || !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(source.textContent);
      button.textContent = "Kopiert";
    } catch {
      button.textContent = "Bitte von Hand kopieren";
    }
    setTimeout(() => { button.textContent = label; }, 2500);
  });
}
