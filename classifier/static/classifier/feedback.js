// Shows the labels to choose from while a person types; the form does the same without JavaScript.
"use strict";

(() => {
  const form = document.querySelector("form[data-labels]");
  const choices = document.getElementById("label-choices");
  if (!form || !choices) return;

  let asked = null;
  form.elements.it_is.addEventListener("input", async () => {
    asked?.abort();
    asked = new AbortController();
    const text = form.elements.it_is.value.trim();
    if (!text) {
      choices.replaceChildren();
      return;
    }
    try {
      const answer = await fetch(`${form.dataset.labels}?${new URLSearchParams({ it_is: text })}`, { signal: asked.signal });
      if (answer.ok) choices.innerHTML = await answer.text();
    } catch (error) {
      if (error.name !== "AbortError") choices.replaceChildren();
    }
  });
})();
