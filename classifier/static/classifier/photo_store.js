// Photos that are not sent yet, kept in the browser: they are there when the page is opened again.
"use strict";

window.classifierPages ??= {};

(() => {
  const KEPT_FOR_MS = 7 * 24 * 3600 * 1000;
  const opening = open();

  // Every call succeeds: a browser that keeps nothing, or has no room, sends what is on the page all the same.
  window.classifierPages.store = {
    // What this account left here, in the order it was added. What anybody left a week ago is deleted.
    async load(account) {
      const rows = (await run("readonly", (table) => table.getAll())) ?? [];
      const old = rows.filter((row) => Date.now() - row.addedAt > KEPT_FOR_MS);
      if (old.length > 0) await this.remove(old.map((row) => row.key));
      return rows.filter((row) => row.account === account && !old.includes(row)).sort((a, b) => a.order - b.order);
    },
    save: (...rows) => run("readwrite", (table) => { rows.forEach((row) => table.put(row)); }),
    remove: (keys) => run("readwrite", (table) => { keys.forEach((key) => table.delete(key)); }),
  };

  function open() {
    return new Promise((resolve) => {
      try {
        const request = indexedDB.open("classifier", 1);
        request.onupgradeneeded = () => request.result.createObjectStore("photos", { keyPath: "key" });
        request.onsuccess = () => resolve(request.result);
        request.onerror = request.onblocked = () => resolve(null);
      } catch {
        resolve(null);
      }
    });
  }

  async function run(mode, work) {
    const database = await opening;
    if (database === null) return null;
    return new Promise((resolve) => {
      try {
        const transaction = database.transaction("photos", mode);
        const request = work(transaction.objectStore("photos"));
        transaction.oncomplete = () => resolve(request?.result ?? null);
        transaction.onerror = transaction.onabort = () => resolve(null);
      } catch {
        resolve(null);
      }
    });
  }
})();
