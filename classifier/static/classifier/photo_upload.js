// Sends one photo and tells what became of it; patient with a busy server and a bad connection.
"use strict";

window.classifierPages ??= {};

(() => {
  const MAX_ATTEMPTS = 5;
  const MAX_WAIT_S = 60;
  const { say, told } = window.classifierPages;
  const SIGNED_OUT = say("You are signed out. Reload this page and sign in.");

  // Resolves to {prediction}, {stopped: true}, or {reason, canRetry, signedOut}. `progress(text, fraction)` is called
  // on the way, with no fraction while the server works.
  window.classifierPages.upload = async (photo, form, progress) => {
    if (photo.file.size > Number(form.dataset.maxBytes)) {
      return { reason: say("This photo is too large. Choose a smaller one."), canRetry: false };
    }
    for (let attempt = 1; ; attempt += 1) {
      const response = await send(photo, form, progress);
      if (photo.stop.signal.aborted) return { stopped: true };
      if (response.status === 201) return { prediction: JSON.parse(response.responseText) };
      const waitS = Number(response.getResponseHeader("Retry-After"));
      if (attempt === MAX_ATTEMPTS || !isRetryable(response.status) || waitS > MAX_WAIT_S) {
        const reason = reasonOf(response);
        return { reason, canRetry: !isAboutThePhoto(response.status), signedOut: reason === SIGNED_OUT };
      }
      progress(response.status === 0 ? say("No connection. Trying again…") : say("The server is busy. Trying again…"), 0);
      await pause(waitS || 2 ** attempt, photo.stop.signal);
      if (photo.stop.signal.aborted) return { stopped: true };
    }
  };

  // The key stays the same: however often the photo is sent, it is classified and stored once.
  function send(photo, form, progress) {
    const body = new FormData();
    body.append("image", photo.file, photo.name);
    const request = new XMLHttpRequest();
    request.open("POST", form.dataset.api);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", form.elements.csrfmiddlewaretoken.value);
    request.setRequestHeader("Idempotency-Key", photo.key);
    progress(say("Sending…"), 0);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) progress(say("Sending…"), event.loaded / event.total);
    });
    request.upload.addEventListener("load", () => progress(say("Classifying…")));
    photo.stop.signal.addEventListener("abort", () => request.abort());
    return new Promise((resolve) => {
      request.addEventListener("loadend", () => resolve(request));
      request.send(body);
    });
  }

  const isAboutThePhoto = (status) => [400, 413, 415].includes(status);
  const isRetryable = (status) => [0, 409, 429, 502, 503, 504].includes(status);

  function reasonOf(response) {
    if (response.status === 0) return say("The server cannot be reached. Check your connection and try again.");
    const error = errorIn(response);
    if ([401, 403].includes(response.status) && error?.code !== "quota_exceeded") return SIGNED_OUT;
    return error ? told(error) : say("The server failed. Try again in a moment.");
  }

  function errorIn(response) {
    try {
      return JSON.parse(response.responseText).errors[0];
    } catch {
      return null;
    }
  }

  function pause(seconds, signal) {
    return new Promise((resolve) => {
      setTimeout(resolve, seconds * 1000);
      signal.addEventListener("abort", resolve);
    });
  }
})();
