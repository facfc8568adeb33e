// Sends the calls of the browsable API that a plain form cannot send, and shows the response on the page.
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
    const response = await fetch(form.action, { method: form.dataset.method, headers, body: body && body.value });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    document.querySelector("main").replaceWith(page.querySelector("main"));
    start();
    document.querySelector("main h1").scrollIntoView();
  }
})();
