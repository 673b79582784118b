// Copy buttons; the page says the same without them.
"use strict";
{
  const prepare = () => {
    for (const button of document.querySelectorAll("button.copy")) {
      const source = document.getElementById(button.dataset.copy);
      button.hidden = !source || !navigator.clipboard;
    }
  };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button.copy");
    if (!button) return;
    const label = button.dataset.label || button.textContent;
    button.dataset.label = label;
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      button.textContent = document.body.dataset.copied;
    } catch {
      button.textContent = document.body.dataset.notCopied;
    }
    setTimeout(() => { button.textContent = label; }, 2500);
  });
  document.addEventListener("wortlaut:renewed", prepare);
  prepare();
}
