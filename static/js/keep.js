// Keeps what is typed into a form until it is saved: an expired session or a closed page loses
// nothing. It stays in this browser tab alone, and goes with it.
(function () {
  "use strict";
  const key = "kept:" + location.pathname;
  const sent = sessionStorage.getItem("kept-sent");
  sessionStorage.removeItem("kept-sent");
  const isSaved = sent !== key || document.querySelector(".messages[data-tags~=saved]");
  if (sent && isSaved) sessionStorage.removeItem(sent);  // it went through: we are further on, or told so
  const form = document.querySelector("form[data-keep]");
  if (!form) return;
  const fields = function () {
    return Array.from(form.elements).filter(function (field) {
      return field.name && !/^(csrfmiddlewaretoken|version|seen)$/.test(field.name) &&
        !["hidden", "submit", "button", "fieldset"].includes(field.type);
    });
  };
  const read = function () {
    return JSON.stringify(fields().map(function (field) {
      const ticked = field.type === "checkbox" || field.type === "radio";
      return [field.name, ticked ? field.value : "", ticked ? field.checked : field.value];
    }));
  };
  const saved = form.hasAttribute("data-unsaved") ? "" : read();
  let sending = false;
  let kept = sessionStorage.getItem(key);
  if (kept === saved) {
    sessionStorage.removeItem(key);
    kept = null;
  }
  if (kept && kept !== read()) offer(JSON.parse(kept));

  function offer(values) {
    const box = document.createElement("div");
    box.className = "notice kept-offer";
    box.setAttribute("role", "status");
    const text = document.createElement("span");
    text.textContent = form.dataset.keepText;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "kern-btn kern-btn--secondary";
    button.innerHTML = "<span class=\"kern-label\"></span>";
    button.firstChild.textContent = form.dataset.keepButton;
    button.addEventListener("click", function () {
      fill(values);
      box.remove();
    });
    box.append(text, button);
    form.prepend(box);
  }

  function fill(values) {
    const known = new Map(values.map(function (value) { return [value[0] + "=" + value[1], value[2]]; }));
    fields().forEach(function (field) {
      const ticked = field.type === "checkbox" || field.type === "radio";
      const value = known.get(field.name + "=" + (ticked ? field.value : ""));
      if (value === undefined) return;
      if (ticked) field.checked = value; else field.value = value;
    });
    keep();
  }

  function keep() {
    const now = read();
    if (now === saved) sessionStorage.removeItem(key); else sessionStorage.setItem(key, now);
  }

  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  form.addEventListener("submit", function () {
    sending = true;
    sessionStorage.setItem("kept-sent", key);
  });
  window.addEventListener("pageshow", function () { sending = false; });
  window.addEventListener("beforeunload", function (event) {
    if (!sending && read() !== saved) event.preventDefault();
  });
})();
