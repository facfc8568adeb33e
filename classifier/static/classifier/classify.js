// Classifies photos on the page: chosen, taken, dropped or pasted, each with its progress and its labels.
"use strict";

(() => {
  const UPLOADS_AT_ONCE = 2;
  const MAX_ATTEMPTS = 5;
  const MAX_WAIT_S = 60;

  const form = document.getElementById("classify");
  const cards = document.getElementById("photos");
  const template = document.getElementById("photo");
  const announcement = document.getElementById("announcement");
  const queue = [];
  let uploading = 0;

  form.classList.add("scripted");
  form.querySelectorAll(".script-only").forEach((element) => { element.hidden = false; });

  form.querySelectorAll("input[type=file]").forEach((input) => {
    input.addEventListener("change", () => {
      add(input.files);
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
    add(event.dataTransfer.files);
  });
  document.addEventListener("paste", (event) => {
    if (event.clipboardData.files.length > 0) add(event.clipboardData.files);
  });
  window.addEventListener("beforeunload", (event) => {
    if (uploading > 0) event.preventDefault();
  });

  function add(files) {
    for (const file of files) {
      queue.push(newPhoto(file));
    }
    startNext();
  }

  function startNext() {
    while (uploading < UPLOADS_AT_ONCE && queue.length > 0) {
      const photo = queue.shift();
      uploading += 1;
      classify(photo).finally(() => {
        uploading -= 1;
        startNext();
      });
    }
  }

  function newPhoto(file) {
    const card = template.content.firstElementChild.cloneNode(true);
    const find = (selector) => card.querySelector(selector);
    const photo = {
      file, card, key: newKey(), image: find("img"), blank: find(".photo-blank"), status: find(".photo-work"),
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
      return showFailure(photo, "This photo is too large. Choose a smaller one.", false);
    }
    for (let attempt = 1; ; attempt += 1) {
      const response = await send(photo);
      if (response.status === 201) return show(photo, JSON.parse(response.responseText));
      const waitS = Number(response.getResponseHeader("Retry-After"));
      if (attempt === MAX_ATTEMPTS || !isRetryable(response.status) || waitS > MAX_WAIT_S) {
        return showFailure(photo, reasonOf(response), !isAboutThePhoto(response.status));
      }
      photo.state.textContent = response.status === 0 ? "No connection. Trying again…" : "The server is busy. Trying again…";
      await pause(waitS || 2 ** attempt);
    }
  }

  // The key stays the same: however often the photo is sent, it is classified and stored once.
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

  const isAboutThePhoto = (status) => [400, 413, 415].includes(status);
  const isRetryable = (status) => [0, 409, 429, 502, 503, 504].includes(status);

  function reasonOf(response) {
    if (response.status === 0) return "The server cannot be reached. Check your connection and try again.";
    if (response.status === 401 || response.status === 403) {
      try {
        return quotaMessage(response) || "You are signed out. Reload this page and sign in.";
      } catch {
        return "You are signed out. Reload this page and sign in.";
      }
    }
    try {
      return JSON.parse(response.responseText).errors[0].detail;
    } catch {
      return "The server failed. Try again in a moment.";
    }
  }

  function quotaMessage(response) {
    const error = JSON.parse(response.responseText).errors[0];
    return error.code === "quota_exceeded" ? error.detail : "";
  }

  async function show(photo, prediction) {
    const page = `${form.dataset.page}${prediction.id}/`;
    const response = await fetch(`${page}answer/`).catch(() => null);
    if (response === null || !response.ok || response.redirected) return showLink(photo, page);
    photo.answer.innerHTML = await response.text(); // from this server's template, which escapes
    const sentence = photo.answer.querySelector(".sentence").textContent;
    photo.status.hidden = true;
    photo.image.alt = photo.file.name;
    if (photo.image.hidden) photo.image.src = prediction.image.thumbnail_url;
    announcement.textContent = sentence;
  }

  function showLink(photo, page) {
    const link = document.createElement("a");
    link.href = page;
    link.textContent = "Open this prediction";
    photo.status.hidden = true;
    photo.answer.replaceChildren(link);
  }

  function showFailure(photo, reason, offersRetry) {
    photo.card.classList.add("failed");
    photo.state.textContent = reason;
    photo.progress.hidden = true;
    announcement.textContent = `${photo.file.name}: ${reason}`;
    if (!offersRetry) return;
    const retry = document.createElement("button");
    retry.type = "button";
    retry.className = "button button-second";
    retry.textContent = "Try again";
    retry.addEventListener("click", () => {
      photo.card.classList.remove("failed");
      photo.answer.replaceChildren();
      photo.progress.hidden = false;
      photo.state.textContent = "Waiting…";
      queue.push(photo);
      startNext();
    });
    photo.answer.replaceChildren(retry);
  }

  const pause = (seconds) => new Promise((resolve) => { setTimeout(resolve, seconds * 1000); });

  // crypto.randomUUID() is missing on pages that are loaded over plain http, as on a home network.
  function newKey() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
})();
