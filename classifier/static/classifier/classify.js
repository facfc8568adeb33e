// Classifies photos on the page itself: chosen, snapped, dropped or pasted, each shown with its progress and answer.
"use strict";

(() => {
  const AT_ONCE = 2;
  const TRIES = 5;
  const LONGEST_WAIT_S = 60;

  const form = document.getElementById("classify");
  const cards = document.getElementById("photos");
  const template = document.getElementById("photo");
  const told = document.getElementById("told");
  const waiting = [];
  let working = 0;

  form.classList.add("scripted");
  form.querySelectorAll(".script-only").forEach((element) => { element.hidden = false; });

  form.querySelectorAll("input[type=file]").forEach((input) => {
    input.addEventListener("change", () => {
      take(input.files);
      input.value = "";
    });
  });
  form.addEventListener("submit", (event) => event.preventDefault());

  document.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    form.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) form.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    form.classList.remove("over");
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    take(event.dataTransfer.files);
  });
  document.addEventListener("paste", (event) => {
    if (event.clipboardData.files.length > 0) take(event.clipboardData.files);
  });
  window.addEventListener("beforeunload", (event) => {
    if (working > 0) event.preventDefault();
  });

  function take(files) {
    for (const file of files) {
      waiting.push(newPhoto(file));
    }
    next();
  }

  function next() {
    while (working < AT_ONCE && waiting.length > 0) {
      const photo = waiting.shift();
      working += 1;
      classify(photo).finally(() => {
        working -= 1;
        next();
      });
    }
  }

  function newPhoto(file) {
    const card = template.content.firstElementChild.cloneNode(true);
    const find = (selector) => card.querySelector(selector);
    const photo = {
      file, card, key: newKey(), image: find("img"), blank: find(".photo-blank"), work: find(".photo-work"),
      state: find(".photo-state"), progress: find("progress"), answer: find(".photo-answer"),
    };
    find(".file-name").textContent = file.name;
    photo.state.textContent = "Waiting…";
    photo.progress.setAttribute("aria-label", `Progress of ${file.name}`);
    preview(photo);
    cards.prepend(card);
    return photo;
  }

  function preview(photo) {
    photo.image.addEventListener("load", () => { photo.image.hidden = false; photo.blank.hidden = true; });
    photo.image.addEventListener("error", () => { photo.image.hidden = true; photo.blank.hidden = false; });
    photo.image.src = URL.createObjectURL(photo.file);
  }

  async function classify(photo) {
    if (photo.file.size > Number(form.dataset.maxBytes)) {
      return refuse(photo, "This photo is too large. Choose a smaller one.", false);
    }
    for (let tries = 1; ; tries += 1) {
      const sent = await send(photo);
      if (sent.status === 201) return show(photo, JSON.parse(sent.responseText));
      const waitS = Number(sent.getResponseHeader("Retry-After"));
      if (tries === TRIES || !mayTryAgain(sent.status) || waitS > LONGEST_WAIT_S) {
        return refuse(photo, reason(sent), !isThePhotos(sent.status));
      }
      photo.state.textContent = sent.status === 0 ? "No connection. Trying again…" : "The server is busy. Trying again…";
      await pause(waitS || 2 ** tries);
    }
  }

  // The same key each time: however often it is sent, the photo is classified and kept once.
  function send(photo) {
    const body = new FormData();
    body.append("image", photo.file, photo.file.name || "photo");
    const request = new XMLHttpRequest();
    request.open("POST", form.dataset.api);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", form.elements.csrfmiddlewaretoken.value);
    request.setRequestHeader("Idempotency-Key", photo.key);
    photo.state.textContent = "Sending…";
    photo.progress.value = 0;
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) photo.progress.value = event.loaded / event.total;
    });
    request.upload.addEventListener("load", () => {
      photo.progress.removeAttribute("value");
      photo.state.textContent = "Classifying…";
    });
    return new Promise((resolve) => {
      request.addEventListener("loadend", () => resolve(request));
      request.send(body);
    });
  }

  const isThePhotos = (status) => [400, 413, 415].includes(status);
  const mayTryAgain = (status) => [0, 409, 429, 502, 503, 504].includes(status);

  function reason(sent) {
    if (sent.status === 0) return "The server cannot be reached. Look at your connection and try again.";
    if (sent.status === 401 || sent.status === 403) {
      try {
        return quota(sent) || "You are signed out. Load this page again and sign in.";
      } catch {
        return "You are signed out. Load this page again and sign in.";
      }
    }
    try {
      return JSON.parse(sent.responseText).errors[0].detail;
    } catch {
      return "Something went wrong on the server. Try again in a moment.";
    }
  }

  function quota(sent) {
    const error = JSON.parse(sent.responseText).errors[0];
    return error.code === "quota_exceeded" ? error.detail : "";
  }

  async function show(photo, prediction) {
    const page = `${form.dataset.page}${prediction.id}/`;
    const answer = await fetch(`${page}answer/`).catch(() => null);
    if (answer === null || !answer.ok || answer.redirected) return linked(photo, page);
    photo.answer.innerHTML = await answer.text(); // written by this server's template, which escapes
    const sentence = photo.answer.querySelector(".sentence").textContent;
    photo.work.hidden = true;
    photo.image.alt = photo.file.name;
    if (photo.image.hidden) photo.image.src = prediction.image.thumbnail_url;
    told.textContent = sentence;
  }

  function linked(photo, page) {
    const link = document.createElement("a");
    link.href = page;
    link.textContent = "See the answer";
    photo.work.hidden = true;
    photo.answer.replaceChildren(link);
  }

  function refuse(photo, why, canBeTriedAgain) {
    photo.card.classList.add("failed");
    photo.state.textContent = why;
    photo.progress.hidden = true;
    told.textContent = `${photo.file.name}: ${why}`;
    if (!canBeTriedAgain) return;
    const again = document.createElement("button");
    again.type = "button";
    again.className = "button button-second";
    again.textContent = "Try again";
    again.addEventListener("click", () => {
      photo.card.classList.remove("failed");
      photo.answer.replaceChildren();
      photo.progress.hidden = false;
      photo.state.textContent = "Waiting…";
      waiting.push(photo);
      next();
    });
    photo.answer.replaceChildren(again);
  }

  const pause = (seconds) => new Promise((resolve) => { setTimeout(resolve, seconds * 1000); });

  // crypto.randomUUID() is missing on pages that come over plain http, as on a home network.
  function newKey() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
})();
