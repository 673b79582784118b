// Follows links from one search to the next without loading the page anew: focus and unfolded lists stay, the number
// of passages is announced. Without it, the same links load the same pages.
"use strict";
{
  const found = document.getElementById("befund");
  const form = document.querySelector("form.search");
  const announced = document.getElementById("ansage");
  let shown = location.pathname + location.search;
  let number = 0;

  const facetOf = (element) => element.closest("[data-facet]")?.dataset.facet;
  const unfolded = () => [...found.querySelectorAll("[data-facet] details[open]")].map(facetOf);

  const labelOf = (choice) => choice.querySelector(".choice__label").firstChild.textContent;

  // What finds the clicked choice again after it was replaced; null for other links.
  const sameChoice = (link) => {
    const choice = link.closest(".choice");
    if (!choice) return null;
    const [facet, label] = [facetOf(link), labelOf(choice)];
    return () => [...found.querySelectorAll(`[data-facet="${facet}"] .choice`)]
      .find((one) => labelOf(one) === label)?.querySelector("a");
  };

  const replace = (page) => {
    const open = unfolded();
    found.replaceChildren(...page.getElementById("befund").childNodes);
    for (const carried of form.querySelectorAll("[type=hidden]")) carried.remove();
    form.append(...page.querySelectorAll("form.search [type=hidden]"));
    form.elements.q.value = page.getElementById("q").value;
    document.title = page.title;
    for (const facet of open) {
      const details = found.querySelector(`[data-facet="${facet}"] details`);
      if (details) details.open = true;
    }
    document.dispatchEvent(new Event("wortlaut:renewed"));
    announced.textContent = document.getElementById("treffer").textContent;
  };

  const show = async (address) => {
    const mine = ++number;
    found.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(answer.statusText);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine !== number) return false;
      replace(page);
      shown = address;
      return true;
    } catch {
      if (mine === number) location.assign(address);
      return false;
    } finally {
      if (mine === number) found.removeAttribute("aria-busy");
    }
  };

  const follow = async (link) => {
    const again = sameChoice(link);
    const address = new URL(link.href);
    if (!await show(address.pathname + address.search)) return;
    history.pushState(null, "", address);
    const target = again && again();
    const heading = document.getElementById("treffer");
    if (target && target.checkVisibility()) return target.focus({ preventScroll: true });
    heading.tabIndex = -1;
    heading.focus();
  };

  found.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link.origin !== location.origin || link.pathname !== location.pathname || link.hash || link.download) return;
    event.preventDefault();
    follow(link);
  });
  addEventListener("popstate", () => {
    const address = location.pathname + location.search;
    if (address !== shown) show(address);
  });
}
