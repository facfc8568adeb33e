// Shows the next page of the history below this one when somebody comes near its end; the links beneath stay.
"use strict";

(() => {
  const MOST_PAGES = 10;
  const days = document.getElementById("days");
  const nav = document.querySelector("nav.pages");
  if (!days || !nav || !("IntersectionObserver" in window)) return;
  let pages = 1;
  let isLoading = false;
  let address = location.href;

  markPage(days);
  const observer = new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting)) load();
  }, { rootMargin: "600px" });
  observer.observe(nav);

  // Whoever comes back from a photo is shown the page that it was on.
  days.addEventListener("click", (event) => {
    const tile = event.target.closest(".tile");
    if (tile && event.target.closest(".tile-link") && !event.defaultPrevented) {
      history.replaceState(null, "", `${tile.dataset.page.split("#")[0]}#${tile.id}`);
    }
  });

  async function load() {
    const link = nav.querySelector("a[rel=next]");
    if (isLoading || !link || pages >= MOST_PAGES) return;
    isLoading = true;
    const response = await fetch(link.href).catch(() => null);
    const text = response?.ok && !response.redirected ? await response.text() : "";
    const page = new DOMParser().parseFromString(text, "text/html"); // from this server's template, which escapes
    const found = page.getElementById("days");
    isLoading = false;
    if (!found) return; // the link is still there
    pages += 1;
    address = link.href;
    markPage(found);
    append(found);
    const next = page.querySelector("nav.pages a[rel=next]");
    if (next) link.href = next.href;
    else link.remove();
    observer.unobserve(nav); // and again: it may be near still
    observer.observe(nav);
  }

  function append(found) {
    for (const day of Array.from(found.children)) {
      const last = days.lastElementChild;
      if (last && last.dataset.day === day.dataset.day) last.querySelector(".tiles").append(...day.querySelectorAll(".tile"));
      else days.append(day);
    }
  }

  function markPage(some) {
    some.querySelectorAll(".tile").forEach((tile) => { tile.dataset.page = address; });
  }
})();
