// The page of the reading list: opens the list of this browser, keeps what is changed in it, and leaves the list of
// somebody else's link alone until it is taken over.
"use strict";
{
  const { load, save, parse, query, place, works } = window.wortlautList;
  const CHANGING = "wortlaut.merkliste.changing";
  const form = document.querySelector("[data-list]");
  const same = (one, other) => query(one) === query(other);
  const notes = () => [...form.querySelectorAll("[data-note]")];

  const start = () => {
    const changing = sessionStorage.getItem(CHANGING);
    sessionStorage.removeItem(CHANGING);
    const here = parse(location.search);
    if (changing) save(here);
    const own = load();
    if (!here.length && own.length && !form.elements.plus.value) {
      location.replace(`${location.pathname}?${query(own)}`);
      return;
    }
    tellWhose(here, own);
  };

  const tellWhose = (here, own) => {
    const told = document.querySelector("[data-foreign]");
    told.hidden = !here.length || same(here, own);
    told.querySelector("[data-foreign-known]").hidden = !own.length;
    told.querySelector("[data-foreign-new]").hidden = Boolean(own.length);
    told.querySelector("[data-foreign-own]").hidden = !own.length;
  };
  const isOwn = () => {
    const [here, own] = [parse(location.search), load()];
    return same(here, own) || (!here.length && !own.length);
  };

  const adopt = () => {
    const own = load();
    const more = parse(location.search).filter(([one]) => !own.some(([known]) => place(known) === place(one)));
    const whole = [...own, ...more];
    save(whole);
    location.assign(`${location.pathname}?${query(whole)}`);
  };

  // A note is kept as soon as it is written, without loading the page anew; the links with the notes are fetched.
  const keepNotes = async () => {
    const own = isOwn();
    const asked = new URLSearchParams(new FormData(form));
    asked.delete("plus");
    const answer = await fetch(`${form.action}?${asked}`);
    if (!answer.ok) { form.requestSubmit(); return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.querySelector("[data-outcome]").replaceWith(page.querySelector("[data-outcome]"));
    const fresh = [...page.querySelectorAll(".chapter .sorts")];
    document.querySelectorAll(".chapter .sorts").forEach((one, at) => one.replaceWith(fresh[at]));
    history.replaceState(null, "", answer.url);
    document.dispatchEvent(new Event("wortlaut:renewed"));
    if (own) save(parse(location.search));
  };

  if (works) {
    form.addEventListener("submit", () => {
      if (isOwn()) sessionStorage.setItem(CHANGING, "1");
    });
    for (const note of notes()) note.addEventListener("change", keepNotes);
    document.querySelector("[data-adopt]").addEventListener("click", adopt);
    addEventListener("storage", () => tellWhose(parse(location.search), load()));
    start();
  }
}
