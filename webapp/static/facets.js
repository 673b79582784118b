// A box that filters the values of a long facet while one types; without it, all of them can be unfolded.
"use strict";
for (const box of document.querySelectorAll(".facet__filter")) {
  const input = box.querySelector("input");
  const status = box.querySelector("[role=status]");
  const choices = [...box.parentElement.querySelectorAll(".choice")];
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  box.hidden = false;
  input.addEventListener("input", () => {
    const wanted = plain(input.value.trim());
    for (const choice of choices) {
      choice.hidden = !plain(choice.querySelector(".choice__label").textContent).includes(wanted);
    }
    const left = choices.filter((choice) => !choice.hidden).length;
    status.textContent = wanted ? `${left} von ${choices.length}` : "";
  });
}
