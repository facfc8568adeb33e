// What the scripts of the start page say, in the language of the page, which brings the texts along.
"use strict";

window.classifierPages ??= {};

(() => {
  const form = document.getElementById("classify");
  const language = document.documentElement.lang;
  const texts = JSON.parse(form.dataset.texts);
  const reasons = JSON.parse(form.dataset.reasons);
  const plurals = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);

  // By its English text. `values` fill in what stands in braces; where words depend on a number, that is `count`.
  window.classifierPages.say = (english, values = {}) => {
    const known = texts[english] ?? english;
    const text = typeof known === "string" ? known : known[plurals.select(values.count)];
    return text.replace(/\{(\w+)\}/g, (_, name) => (typeof values[name] === "number" ? numbers.format(values[name]) : values[name]));
  };

  // What an error of the API says: the API itself says it in English.
  window.classifierPages.told = (error) => reasons[error.code] ?? error.detail;
})();
