// Copies the address of a link instead of following it, where the browser can; without, it is a link.
"use strict";

document.querySelectorAll("a[data-copy]").forEach((link) => {
  if (!navigator.clipboard) return;
  link.setAttribute("role", "button");
  link.textContent = link.dataset.copy;
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    try {
      await navigator.clipboard.writeText(link.href);
      link.textContent = link.dataset.copied;
    } catch {
      location.assign(link.href);
    }
  });
});
