// Completions below the search field; the page works without them.
"use strict";
const field = document.getElementById("q");
const list = field && field.list;
let waiting = 0;
let asked = 0;

async function complete() {
  const typed = field.value;
  const number = ++asked;
  const answer = typed.trim().length < 2 ? null : await fetch(`/api/v1/suggest?q=${encodeURIComponent(typed)}`);
  if (number !== asked || (answer && !answer.ok)) return;
  const { completions } = answer ? await answer.json() : { completions: [] };
  if (number !== asked) return;
  list.replaceChildren(...completions.map(({ query, label }) => {
    const option = document.createElement("option");
    option.value = query;
    option.label = label;
    return option;
  }));
}

if (list) {
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => complete().catch(() => list.replaceChildren()), 120);
  });
}
