// Keeps a reading list in this browser: a button at each passage, the count in the masthead. Without it, a link opens
// the list with that passage. The list is kept as the query of its address.
"use strict";
{
  const KEY = "wortlaut.merkliste";
  const way = document.querySelector("[data-reading-list]");
  const { keepWord: keep, kept, full, longest } = way.dataset;

  // [passage, note] for each p of a query; n1 is the note of the first.
  const parse = (query) => {
    const given = new URLSearchParams(query);
    return given.getAll("p").map((passage, at) => [passage, given.get(`n${at + 1}`) ?? ""]).filter(([one]) => one);
  };
  const query = (list) => {
    const written = new URLSearchParams();
    list.forEach(([passage, note], at) => {
      written.append("p", passage);
      if (note) written.append(`n${at + 1}`, note);
    });
    return written.toString().replaceAll("%2F", "/").replaceAll("%7E", "~");
  };
  const place = (passage) => passage.split("~")[0];

  const load = () => {
    try { return parse(localStorage.getItem(KEY) ?? ""); } catch { return []; }
  };
  const save = (list) => {
    localStorage.setItem(KEY, query(list));
    show();
  };
  const isKept = (list, passage) => list.some(([one]) => place(one) === place(passage));

  const buttonFor = (link) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = link.className;
    button.dataset.keep = link.dataset.keep;
    button.append(...link.childNodes);
    link.replaceWith(button);
  };
  const show = () => {
    const list = load();
    for (const button of document.querySelectorAll("button[data-keep]")) {
      const pressed = isKept(list, button.dataset.keep);
      button.setAttribute("aria-pressed", pressed);
      button.querySelector(".collect__word").textContent = pressed ? kept : keep;
    }
    const count = way.querySelector("[data-count]");
    count.textContent = list.length || "";
    count.hidden = !list.length;
  };
  const prepare = () => {
    for (const link of document.querySelectorAll("a[data-keep]")) buttonFor(link);
    show();
  };

  const toggle = (button) => {
    const list = load();
    const passage = button.dataset.keep;
    const rest = list.filter(([one]) => place(one) !== place(passage));
    const changed = rest.length < list.length ? rest : [...list, [passage, ""]];
    if (query(changed).length > Number(longest) && changed.length > list.length) {
      button.querySelector(".collect__word").textContent = full;
      return;
    }
    save(changed);
  };

  let works = true;
  try { localStorage.getItem(KEY); } catch { works = false; } // forbidden here: the links stay
  window.wortlautList = { KEY, load, save, parse, query, place, isKept, works };
  if (works) {
    document.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-keep]");
      if (!button) return;
      try { toggle(button); } catch { button.querySelector(".collect__word").textContent = full; }
    });
    document.addEventListener("wortlaut:renewed", prepare);
    addEventListener("storage", show);
    addEventListener("pageshow", show);
    prepare();
  }
}
