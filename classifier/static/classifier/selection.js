// Selects photos of the history: by click, with Shift from one to another, and with the keyboard alike.
"use strict";

(() => {
  const form = document.getElementById("selection");
  const days = document.getElementById("days");
  if (!form) return;
  const count = form.querySelector(".selected-count");
  let last = null;

  form.classList.add("scripted");
  form.querySelectorAll(".script-only").forEach((element) => { element.hidden = false; });
  form.querySelector(".select-all").addEventListener("click", () => choose(boxes(), true));
  form.querySelector(".select-none").addEventListener("click", clear);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && chosen().length > 0) clear(); });

  days.addEventListener("click", (event) => {
    const box = event.target.closest("input[type=checkbox]");
    if (box) {
      if (event.shiftKey && last) choose(between(last, box), box.checked);
      last = box;
      update();
      return;
    }
    // While some are selected, a click on a photo selects it, too; Enter on its link still opens it.
    const tile = event.target.closest(".tile");
    if (!tile || event.detail === 0 || event.ctrlKey || event.metaKey || chosen().length === 0) return;
    if (!event.target.closest(".tile-link")) return;
    event.preventDefault();
    const own = tile.querySelector("input[type=checkbox]");
    if (event.shiftKey && last) choose(between(last, own), true);
    else choose([own], !own.checked);
    last = own;
  });

  // One field for all of them: a form may not have hundreds. The boxes are as they were when one comes back.
  form.addEventListener("submit", () => {
    const field = document.createElement("input");
    const own = chosen();
    [field.type, field.name, field.value] = ["hidden", "ids", own.map((box) => box.value).join(",")];
    form.append(field);
    own.forEach((box) => { box.disabled = true; });
    setTimeout(() => {
      field.remove();
      own.forEach((box) => { box.disabled = false; });
    });
  });
  window.addEventListener("pageshow", update);

  const boxes = () => Array.from(days.querySelectorAll("input[type=checkbox]"));
  const chosen = () => boxes().filter((box) => box.checked);

  function between(one, other) {
    const all = boxes();
    const [from, to] = [all.indexOf(one), all.indexOf(other)].sort((a, b) => a - b);
    return all.slice(from, to + 1);
  }

  function choose(some, isChosen) {
    some.forEach((box) => { box.checked = isChosen; });
    update();
  }

  function clear() {
    choose(boxes(), false);
    last = null;
  }

  function update() {
    const own = chosen();
    count.textContent = count.dataset.text.replace("{count}", own.length.toLocaleString(document.documentElement.lang));
    form.classList.toggle("some", own.length > 0);
    days.classList.toggle("selecting", own.length > 0);
    boxes().forEach((box) => box.closest(".tile").classList.toggle("selected", box.checked));
  }

  update();
})();
