// Offers the words a reader selects as a quotation; without it, sentences can be ticked.
"use strict";
{
  const pick = document.getElementById("auswahl");
  const article = document.querySelector(".entry--here");
  const words = article && article.querySelector(".words");
  let tabbing = false;
  const APART = ".page-mark, .note-call, .list-mark, .words__voice";

  const plain = (range) => {
    const part = range.cloneContents();
    for (const apart of part.querySelectorAll(APART)) apart.remove();
    return part.textContent;
  };
  const count = (text) => text.split(/\s+/).filter(Boolean).length;

  // The first and last word selected, counted from 1 as white space parts them; null for none.
  const selected = () => {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0).cloneRange();
    if (!range.intersectsNode(words)) return null;
    const all = document.createRange();
    all.selectNodeContents(words);
    if (range.compareBoundaryPoints(Range.START_TO_START, all) < 0) range.setStart(all.startContainer, all.startOffset);
    if (range.compareBoundaryPoints(Range.END_TO_END, all) > 0) range.setEnd(all.endContainer, all.endOffset);
    const inside = plain(range);
    if (!/[\p{L}\p{N}]/u.test(inside)) return null;
    all.setEnd(range.startContainer, range.startOffset);
    const before = plain(all);
    const cutsWord = /\S$/.test(before) && /^\S/.test(inside);
    const first = count(before) + (cutsWord ? 0 : 1);
    return [first, first + count(inside) - 1];
  };

  const offer = () => {
    const found = selected();
    if (!found && tabbing) return; // on the way to the offer
    pick.hidden = !found;
    if (!found) return;
    const [first, last] = found;
    const number = last - first + 1;
    const w = `w=${first === last ? first : `${first}-${last}`}`;
    const told = pick.querySelector(".pick__count");
    told.textContent = number === 1 ? told.dataset.one : told.dataset.many.replace("{}", number);
    pick.querySelector(".pick__go").href = `${pick.dataset.path}?${w}#zitat-bauen`;
    const add = pick.querySelector(".pick__add");
    if (add) add.href = `${pick.dataset.path}?${pick.dataset.present}&${w}#zitat-bauen`;
  };

  if (pick && words) {
    article.append(pick); // the next stop of the keyboard after the words
    for (const hint of document.querySelectorAll("[data-with-script]")) hint.hidden = false;
    let waiting = 0;
    document.addEventListener("keydown", (event) => { tabbing = event.key === "Tab" || (tabbing && event.key === "Shift"); });
    document.addEventListener("pointerdown", () => { tabbing = false; });
    document.addEventListener("selectionchange", () => {
      clearTimeout(waiting);
      waiting = setTimeout(offer, 150);
    });
  }
}
