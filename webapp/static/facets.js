// A box that filters the values of a long facet while one types; without it, all of them can be unfolded.
"use strict";
{
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  const prepare = () => {
    for (const box of document.querySelectorAll(".facet__filter")) box.hidden = false;
  };
  document.addEventListener("input", ({ target }) => {
    const box = target.closest(".facet__filter");
    if (!box) return;
    const wanted = plain(target.value.trim());
    const choices = [...box.parentElement.querySelectorAll(".choice")];
    for (const choice of choices) {
      choice.hidden = !plain(choice.querySelector(".choice__label").textContent).includes(wanted);
    }
    const left = choices.filter((choice) => !choice.hidden).length;
    const status = box.querySelector("[role=status]");
    status.textContent = wanted ? status.dataset.told.replace("{left}", left).replace("{all}", choices.length) : "";
  });
  document.addEventListener("wortlaut:renewed", prepare);
  prepare();
}
