// Keeps what is typed into a form: warns before it is left, and brings it back when a save has
// failed (the session had ended, the line broke). Without JavaScript the server keeps drafts.
(function () {
  "use strict";
  const form = document.querySelector("form[data-keep]");
  if (!form) return;
  const PREFIX = "unsaved:";
  const own = PREFIX + location.pathname;
  const SECRET = ["csrfmiddlewaretoken", "version"];
  let changed = false;

  function entered() {
    return [...new FormData(form)].filter(function (pair) { return !SECRET.includes(pair[0]); });
  }
  function fill(pairs) {
    for (const field of form.elements) {
      if (!field.name || SECRET.includes(field.name) || field.type === "submit") continue;
      const values = pairs.filter((pair) => pair[0] === field.name).map((pair) => pair[1]);
      if (field.type === "checkbox" || field.type === "radio") {
        field.checked = values.includes(field.value);
      } else if (values.length) {
        field.value = values[0];
      }
    }
  }
  // The form of another page was saved, or this one would not be here.
  Object.keys(sessionStorage).forEach(function (key) {
    if (key.startsWith(PREFIX) && key !== own) sessionStorage.removeItem(key);
  });
  const kept = JSON.parse(sessionStorage.getItem(own) || "null");
  sessionStorage.removeItem(own);
  const is_answer = document.querySelector(".error-summary"); // the server sent it back by itself
  if (kept && kept.version === form.dataset.keep && !is_answer) {
    fill(kept.pairs);
    changed = true;
  }
  form.addEventListener("input", function () { changed = true; });
  form.addEventListener("change", function () { changed = true; });
  form.addEventListener("submit", function () {
    sessionStorage.setItem(own, JSON.stringify({ version: form.dataset.keep, pairs: entered() }));
    changed = false;
  });
  window.addEventListener("beforeunload", function (event) {
    if (changed) event.preventDefault();
  });
})();
