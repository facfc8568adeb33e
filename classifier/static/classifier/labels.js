// Searches the labels while one types; the form does the same without JavaScript.
"use strict";

(() => {
  const input = document.getElementById("search");
  const list = document.getElementById("label-list");
  const found = document.getElementById("found");
  if (!input || !list || !("whole" in list.dataset)) return;

  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLowerCase().replaceAll("_", " ");
    let count = 0;
    for (const item of list.children) {
      item.hidden = !item.textContent.toLowerCase().includes(wanted);
      count += item.hidden ? 0 : 1;
    }
    found.textContent = `${count} label${count === 1 ? "" : "s"}${wanted ? ` with “${input.value.trim()}”` : ""}`;
  });
})();
