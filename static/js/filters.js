// Keeps what a person has unfolded in the filters when htmx swaps the list.
(function () {
  "use strict";
  let unfolded = null;
  document.addEventListener("htmx:beforeSwap", function (event) {
    if (event.detail.target.id !== "listing") return;
    unfolded = new Map();
    event.detail.target.querySelectorAll("details[id]").forEach(function (details) {
      unfolded.set(details.id, details.open);
    });
  });
  document.addEventListener("htmx:afterSwap", function () {
    if (!unfolded) return;
    unfolded.forEach(function (open, id) {
      const details = document.getElementById(id);
      if (details) details.open = open;
    });
    unfolded = null;
  });
  // Words are searched when they are sent, not when the field is left as well.
  document.addEventListener("change", function (event) {
    if (event.target.id === "search") event.stopPropagation();
  }, true);
  // Empty fields are left out of the address.
  document.addEventListener("htmx:configRequest", function (event) {
    if (event.target.id !== "filter-form") return;
    const parameters = event.detail.parameters;
    Object.keys(parameters).forEach(function (name) {
      if (parameters[name] === "") delete parameters[name];
    });
  });
  // On a narrow screen the results come first, unless a filter has to be mended; without
  // JavaScript the filters stay open.
  const panel = document.getElementById("filters-panel");
  const isNarrow = window.matchMedia("(max-width: 61.99rem)").matches;
  if (panel && isNarrow && !panel.querySelector(".kern-error")) panel.open = false;
})();
