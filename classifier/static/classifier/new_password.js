// Fills in what the link in a mail has behind its #, which no server sees, and takes it out of the address again.
"use strict";

(() => {
  const said = new URLSearchParams(location.hash.slice(1));
  const fields = ["email", "code"].filter((name) => said.get(name));
  if (fields.length === 0) return;
  fields.forEach((name) => { document.querySelector(`main [name=${name}]`).value = said.get(name); });
  history.replaceState(null, "", location.pathname);
  document.querySelector("main [name=new_password]").focus();
})();
