// Where photos come from: chosen, taken, pasted, dropped, or in a folder that is dropped or chosen.
"use strict";

window.classifierPages ??= {};

(() => {
  const PHOTO = /\.(jpe?g|png|webp|hei[cf]|avif)$/i;

  // Calls `take(files, leftOut)` with each handful of photos; `leftOut` counts what folders had beside photos.
  window.classifierPages.collectFiles = (form, take) => {
    form.querySelectorAll("input[type=file]").forEach((input) => {
      input.addEventListener("change", () => {
        const files = Array.from(input.files);
        input.value = "";
        if (input.webkitdirectory) takeFolder(files, take); else take(files, 0);
      });
    });
    document.addEventListener("dragover", (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      form.classList.add("over");
    });
    document.addEventListener("dragleave", (event) => {
      if (event.relatedTarget === null) form.classList.remove("over");
    });
    document.addEventListener("drop", async (event) => {
      form.classList.remove("over");
      if (event.dataTransfer.files.length === 0) return;
      event.preventDefault();
      const files = Array.from(event.dataTransfer.files);
      const entries = Array.from(event.dataTransfer.items, (item) => item.webkitGetAsEntry?.() ?? null);
      const folders = entries.filter((entry) => entry?.isDirectory);
      const single = files.filter((_, index) => !entries[index]?.isDirectory);
      if (single.length > 0) take(single, 0);
      if (folders.length > 0) takeFolder((await Promise.all(folders.map(filesIn))).flat(), take);
    });
    document.addEventListener("paste", (event) => {
      if (event.clipboardData.files.length > 0) take(Array.from(event.clipboardData.files), 0);
    });
  };

  // A folder has other things in it, too; a file that somebody chose by itself is sent, and refused with a reason.
  function takeFolder(files, take) {
    const photos = files.filter((file) => PHOTO.test(file.name) && !file.name.startsWith("."));
    photos.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
    take(photos, files.length - photos.length);
  }

  async function filesIn(entry) {
    if (entry.isFile) return [await new Promise((resolve, reject) => { entry.file(resolve, reject); })].flat();
    const inside = [];
    const reader = entry.createReader();
    for (;;) { // a reader gives a hundred at a time, and an empty list at the end
      const some = await new Promise((resolve, reject) => { reader.readEntries(resolve, reject); });
      if (some.length === 0) break;
      inside.push(...some);
    }
    return (await Promise.all(inside.map(filesIn))).flat();
  }
})();
