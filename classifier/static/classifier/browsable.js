// Makes the calls of the browsable API that a plain form cannot make, and shows their answer in place.
"use strict";

(() => {
  start();

  function start() {
    document.querySelectorAll("main .script-only").forEach((element) => { element.hidden = false; });
    document.querySelectorAll("main form[data-method]").forEach((form) => {
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        call(form);
      });
    });
  }

  async function call(form) {
    const { csrfmiddlewaretoken: token, _content_type: type, _content: body } = form.elements;
    const headers = { "Accept": "text/html", "X-CSRFToken": token.value };
    if (type) headers["Content-Type"] = type.value;
    const answer = await fetch(form.action, { method: form.dataset.method, headers, body: body && body.value });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.querySelector("main").replaceWith(page.querySelector("main"));
    start();
    document.querySelector("main h1").scrollIntoView();
  }
})();
