// One photo on the page: its picture, its name, how far it is, and what can be done about it.
"use strict";

window.classifierPages ??= {};

(() => {
  const template = document.getElementById("photo");
  const { say } = window.classifierPages;

  window.classifierPages.PhotoCard = class {
    constructor(photo, actions) {
      this.photo = photo;
      this.actions = actions;
      this.element = template.content.firstElementChild.cloneNode(true);
      const find = (selector) => this.element.querySelector(selector);
      [this.image, this.blank, this.state] = [find("img"), find(".photo-blank"), find(".photo-state")];
      [this.progress, this.answer, this.buttons] = [find("progress"), find(".photo-answer"), find(".photo-actions")];
      find(".file-name").textContent = photo.name;
      this.progress.setAttribute("aria-label", say("Progress of {name}", { name: photo.name }));
      this.image.addEventListener("load", () => { this.image.hidden = false; this.blank.hidden = true; });
      this.image.addEventListener("error", () => { this.image.hidden = true; this.blank.hidden = false; });
      if (photo.file) this.image.src = this.preview = URL.createObjectURL(photo.file);
    }

    // Shows what the photo's state says; what is on its way has its text and its bar from `progressed`.
    show() {
      const { state, reason, canRetry } = this.photo;
      this.element.dataset.state = state;
      this.element.classList.toggle("failed", state === "failed");
      this.element.querySelector(".photo-work").hidden = state === "done";
      this.progress.hidden = !["waiting", "working"].includes(state);
      if (state === "waiting") this.progressed(say("Waiting…"), 0);
      if (["failed", "seen"].includes(state)) this.state.textContent = reason;
      this.setButtons([
        [say("Try again"), "retry", state === "failed" && canRetry],
        [say("Store it again"), "storeAnyway", state === "seen"],
        [say("Remove"), "remove", ["waiting", "failed", "seen"].includes(state)],
      ]);
    }

    progressed(text, fraction) {
      this.state.textContent = text;
      if (fraction === undefined) this.progress.removeAttribute("value");
      else this.progress.value = fraction;
    }

    setButtons(offered) {
      const buttons = offered.filter(([, , isOffered]) => isOffered).map(([text, action]) => {
        const button = document.createElement("button");
        const name = document.createElement("span");
        button.type = "button";
        button.className = action === "remove" ? "button-quiet" : "button button-second";
        name.className = "for-readers";
        name.textContent = ` ${this.photo.name}`;
        button.append(text, name);
        button.addEventListener("click", () => this.actions[action](this.photo));
        return button;
      });
      this.buttons.replaceChildren(...buttons);
      this.buttons.hidden = buttons.length === 0;
    }

    // The labels as the server's template has them, which escapes; a link where they cannot be had just now.
    async showAnswer(page, thumbnail) {
      const response = await fetch(`${page}answer/`).catch(() => null);
      if (response === null || !response.ok || response.redirected) {
        this.showLink(page, "", thumbnail);
        return "";
      }
      this.answer.innerHTML = await response.text();
      this.image.alt = this.photo.name;
      if (this.image.hidden || this.photo.isOneOfMany) this.image.src = thumbnail;
      return this.answer.querySelector(".sentence").textContent;
    }

    showLink(page, sentence, thumbnail) {
      const [words, link] = [document.createElement("p"), document.createElement("a")];
      words.className = "sentence";
      words.textContent = sentence ?? "";
      words.hidden = !sentence;
      link.href = page;
      link.textContent = say("Open this prediction");
      this.answer.replaceChildren(words, link);
      this.image.alt = this.photo.name;
      if (!this.preview || this.image.hidden) this.image.src = thumbnail;
    }

    forgetAnswer() {
      this.answer.replaceChildren();
    }

    gone() {
      this.element.remove();
      if (this.preview) URL.revokeObjectURL(this.preview);
    }
  };
})();
