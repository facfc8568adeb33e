// Classifies photos on the page: a queue that can be stopped, and that is still there when the page is opened again.
"use strict";

(() => {
  const UPLOADS_AT_ONCE = 2;
  const MANY = 5;
  const { store, upload, sha256, collectFiles, say, PhotoCard } = window.classifierPages;

  const form = document.getElementById("classify");
  const cards = document.getElementById("photos");
  const panel = document.getElementById("panel");
  const announcement = document.getElementById("announcement");
  const find = (selector) => panel.querySelector(selector);
  const photos = [];
  let isStopped = false;

  const actions = {
    remove: (photo) => forget([photo]),
    retry: (photo) => { isStopped = false; again(photo); },
    storeAnyway: (photo) => { photo.isWanted = true; again(photo); },
  };

  form.classList.add("scripted");
  form.querySelectorAll(".script-only").forEach((element) => { element.hidden = false; });
  form.addEventListener("submit", (event) => event.preventDefault());
  collectFiles(form, add);
  find(".stop").addEventListener("click", () => { if (isStopped) goOn(); else stop(); });
  find(".retry").addEventListener("click", () => {
    isStopped = false;
    inState("failed").filter((photo) => photo.canRetry).forEach(again);
  });
  find(".clear").addEventListener("click", () => forget([...photos]));
  window.addEventListener("beforeunload", (event) => {
    if (inState("working").length > 0 || (inState("waiting").length > 0 && !isStopped)) event.preventDefault();
  });

  async function add(files, leftOut) {
    const order = Date.now();
    const added = files.map((file, index) => newPhoto({
      key: newKey(), file, name: file.name || "photo", state: "waiting", order: order + index / 1e6, addedAt: order,
    }));
    find(".left-out").textContent = leftOut === 0 ? "" : say("{count} files in the folder left out: no photos.", { count: leftOut });
    update();
    await save(...added);
    startNext();
  }

  // What was left here when the page was closed. If all of it was done, it is in the history and needs no place here.
  async function restore() {
    const rows = await store.load(form.dataset.account);
    if (rows.every((row) => ["done", "seen"].includes(row.state))) {
      await store.remove(rows.map((row) => row.key));
      return;
    }
    for (const row of rows) {
      const photo = newPhoto({ ...row, state: row.state === "working" ? "waiting" : row.state });
      if (photo.prediction) photo.card.showLink(pageOf(photo), photo.sentence, thumbnailOf(photo));
    }
    update();
    startNext();
  }

  function newPhoto(fields) {
    const photo = { ...fields, stop: new AbortController() };
    photo.card = new PhotoCard(photo, actions);
    photos.push(photo);
    cards.append(photo.card.element);
    photo.card.show();
    return photo;
  }

  function startNext() {
    while (!isStopped && inState("working").length < UPLOADS_AT_ONCE) {
      const photo = inState("waiting")[0];
      if (!photo) break;
      classify(photo).finally(startNext);
    }
    update();
  }

  async function classify(photo) {
    become(photo, "working");
    photo.stop = new AbortController();
    place(photo);
    const before = await seenBefore(photo);
    if (photo.stop.signal.aborted) return become(photo, "waiting");
    if (before) return settle(photo, "seen", before);
    photo.isSent = true;
    await save(photo);
    const result = await upload(photo, form, (text, fraction) => photo.card.progressed(text, fraction));
    if (result.stopped) return become(photo, "waiting");
    if (result.prediction) return settle(photo, "done", { prediction: result.prediction.id });
    if (result.signedOut) isStopped = true;
    return settle(photo, "failed", { reason: result.reason, canRetry: result.canRetry });
  }

  // The photo that was sent before the page was closed may be stored: it is sent again, and its key makes it one.
  async function seenBefore(photo) {
    if (photo.isWanted || photo.isSent) return null;
    photo.hash = await sha256(photo.file).catch(() => null);
    if (photo.hash === null) return null;
    const twin = photos.find((other) => isTwin(other, photo) && ["working", "done"].includes(other.state));
    if (twin) return { reason: say("The same photo as {name}.", { name: twin.name }), prediction: twin.prediction };
    const response = await fetch(`${form.dataset.seen}?sha256=${photo.hash}`).catch(() => null);
    const found = response?.ok && !response.redirected ? (await response.json()).prediction : null;
    return found ? { reason: say("You have this photo already."), prediction: found } : null;
  }

  async function settle(photo, state, fields) {
    Object.assign(photo, fields);
    if (!(state === "failed" && photo.canRetry) && state !== "seen") photo.file = null; // the browser need not keep it
    await save({ ...photo, state });
    if (photo.prediction) {
      photo.isOneOfMany = photos.length > MANY;
      photo.sentence = await photo.card.showAnswer(pageOf(photo), thumbnailOf(photo));
      await save({ ...photo, state });
    }
    if (!photos.includes(photo)) return;
    become(photo, state);
    place(photo);
    announce(state === "done" ? photo.sentence : `${photo.name}: ${photo.reason}`);
    if (state === "failed") photos.filter((other) => isTwin(other, photo) && other.state === "seen").forEach(again);
  }

  function again(photo) {
    delete photo.prediction;
    photo.card.forgetAnswer();
    become(photo, "waiting");
    startNext();
  }

  function stop() {
    isStopped = true;
    inState("working").forEach((photo) => photo.stop.abort());
    update();
  }

  function goOn() {
    isStopped = false;
    startNext();
  }

  function forget(gone) {
    gone.forEach((photo) => {
      photos.splice(photos.indexOf(photo), 1);
      photo.card.gone();
    });
    store.remove(gone.map((photo) => photo.key));
    if (photos.length === 0) {
      isStopped = false;
      find(".left-out").textContent = "";
      document.getElementById("pick").focus();
    }
    update();
  }

  function become(photo, state) {
    photo.state = state;
    photo.card.show();
    update();
  }

  // What is in work is on top, what has its answer below, what waits last.
  function place(photo) {
    const card = photo.card.element;
    if (card.contains(document.activeElement)) return;
    const below = Array.from(cards.children).find((other) => other !== card && other.dataset.state !== "working");
    if (photo.state === "working") cards.prepend(card);
    else cards.insertBefore(card, below ?? null);
  }

  const pageOf = (photo) => `${form.dataset.page}${photo.prediction}/`;
  const thumbnailOf = (photo) => `${form.dataset.api}${photo.prediction}/thumbnail/`;
  const isTwin = (other, photo) => other !== photo && photo.hash && other.hash === photo.hash;

  function update() {
    const count = (state) => inState(state).length;
    const [all, done, seen, failed] = [photos.length, count("done"), count("seen"), count("failed")];
    const isBusy = count("working") > 0 || count("waiting") > 0;
    cards.classList.toggle("many", all > MANY);
    panel.hidden = all < 2 && !(isStopped && isBusy) && !find(".left-out").textContent;
    find(".totals").textContent = totals();
    find("progress").value = all ? (done + seen + failed) / all : 0;
    find(".stop").hidden = !isBusy;
    find(".stop").textContent = isStopped ? say("Go on") : say("Stop");
    find(".retry").hidden = !inState("failed").some((photo) => photo.canRetry);
    find(".clear").hidden = isBusy && !isStopped;
    find(".may-close").hidden = !isBusy;
  }

  function totals() {
    const count = (state) => inState(state).length;
    const parts = [say("{done} of {all}", { done: count("done"), all: photos.length })];
    if (count("failed") > 0) parts.push(say("{count} failed", { count: count("failed") }));
    if (count("seen") > 0) parts.push(say("{count} seen before", { count: count("seen") }));
    return parts.join(", ");
  }

  // One by one for a few photos; of many, only the end is told.
  function announce(text) {
    if (photos.length <= MANY) announcement.textContent = text;
    else if (inState("working").length === 0 && inState("waiting").length === 0) announcement.textContent = totals();
  }

  function save(...changed) {
    return store.save(...changed.map(({ card, stop: _, ...fields }) => ({ ...fields, account: form.dataset.account })));
  }

  function inState(state) {
    return photos.filter((photo) => photo.state === state);
  }

  // crypto.randomUUID() is missing on pages that are loaded over plain http, as on a home network.
  function newKey() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  restore();
})();
