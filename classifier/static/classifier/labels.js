// Filters the names while a person types; the form does the same without JavaScript.
"use strict";

(() => {
  const input = document.getElementById("search");
  const list = document.getElementById("label-list");
  const names = document.getElementById("label-names");
  const count = document.getElementById("label-count");
  if (!input || !list || !names || !("whole" in list.dataset)) return;

  input.addEventListener("input", () => {
    const term = input.value.trim().toLowerCase().replaceAll("_", " ");
    let shown = 0;
    for (const item of list.children) {
      item.hidden = !item.textContent.toLowerCase().includes(term);
      shown += item.hidden ? 0 : 1;
    }
    const found = shown === 1 ? count.dataset.one : count.dataset.many.replace("{count}", shown);
    count.textContent = term ? `${found} ${count.dataset.with.replace("{text}", input.value.trim())}` : found;
    if (term) names.open = true;
  });
})();
