// Filters the labels while a person types; the form does the same without JavaScript.
"use strict";

(() => {
  const input = document.getElementById("search");
  const list = document.getElementById("label-list");
  const count = document.getElementById("label-count");
  if (!input || !list || !("whole" in list.dataset)) return;

  input.addEventListener("input", () => {
    const term = input.value.trim().toLowerCase().replaceAll("_", " ");
    let shown = 0;
    for (const item of list.children) {
      item.hidden = !item.textContent.toLowerCase().includes(term);
      shown += item.hidden ? 0 : 1;
    }
    count.textContent = `${shown} label${shown === 1 ? "" : "s"}${term ? ` with “${input.value.trim()}”` : ""}`;
  });
})();
