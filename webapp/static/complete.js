// Completions below the search field, as an ARIA combobox; the page works without them.
"use strict";
{
  const PAUSE = 120;
  const field = document.querySelector("input[data-complete]");
  const words = field ? field.dataset : {};
  const kinds = { person: words.person, theme: words.theme, section: words.section, word: words.word };
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let waiting = 0;
  let asked = 0;
  let active = -1;

  const options = () => [...list.children];

  const close = () => {
    asked += 1; // an answer still on its way comes too late
    clearTimeout(waiting);
    list.hidden = true;
    active = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };

  const activate = (place) => {
    active = place;
    options().forEach((option, number) => option.setAttribute("aria-selected", String(number === place)));
    const option = options()[place];
    if (!option) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };

  const choose = (option) => {
    field.value = option.dataset.query;
    close();
    field.form.requestSubmit();
  };

  const optionFor = ({ query, label, kind }, number) => {
    const option = document.createElement("li");
    option.id = `vorschlag-${number}`;
    option.role = "option";
    option.dataset.query = query;
    option.setAttribute("aria-selected", "false");
    const name = document.createElement("span");
    const what = document.createElement("small");
    name.textContent = label;
    name.lang = words.lang || document.documentElement.lang;
    what.textContent = kinds[kind] || "";
    option.append(name, " ", what);
    return option;
  };

  const show = (completions) => {
    list.replaceChildren(...completions.map(optionFor));
    active = -1;
    field.removeAttribute("aria-activedescendant");
    list.hidden = !completions.length;
    field.setAttribute("aria-expanded", String(completions.length > 0));
    const count = completions.length;
    status.textContent = count === 1 ? words.one : count ? words.many.replace("{count}", count) : "";
  };

  const complete = async () => {
    const number = ++asked;
    const typed = field.value;
    if (typed.trim().length < 2) return show([]);
    const answer = await fetch(`/api/v1/suggest?q=${encodeURIComponent(typed)}`);
    const { completions } = answer.ok ? await answer.json() : { completions: [] };
    if (number === asked && document.activeElement === field) show(completions);
  };

  const onKey = (event) => {
    const count = options().length;
    if (event.isComposing) return;
    if (event.key === "Escape" && !list.hidden) close();
    else if (event.key === "Enter" && active >= 0) choose(options()[active]);
    else if (event.key === "ArrowDown" && list.hidden) return void complete().catch(close);
    else if (event.key === "ArrowDown" && count) activate(active + 1 < count ? active + 1 : -1);
    else if (event.key === "ArrowUp" && !list.hidden && count) activate(active < 0 ? count - 1 : active - 1);
    else return;
    event.preventDefault();
  };

  if (field) {
    list.id = "vorschlaege";
    list.className = "completions";
    list.role = "listbox";
    list.hidden = true;
    list.setAttribute("aria-label", words.list);
    status.className = "unseen";
    status.role = "status";
    field.role = "combobox";
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", list.id);
    field.setAttribute("aria-expanded", "false");
    field.parentElement.append(list, status);
    field.addEventListener("keydown", onKey);
    field.addEventListener("blur", close);
    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => complete().catch(close), PAUSE);
    });
    list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    list.addEventListener("click", (event) => {
      const option = event.target.closest("li");
      if (option) choose(option);
    });
  }
}
