// Connects a button with allauth's script for passkeys: data-passkey names what it does. The
// button shows only here, since nothing of it works without JavaScript.
(function () {
  "use strict";
  const failed = document.getElementById("passkey-failed");
  const supported = Boolean(window.PublicKeyCredential);
  document.querySelectorAll("[data-passkey]").forEach(function (button) {
    if (!supported) return;
    const credential = button.form.querySelector("[name=credential]");
    const ids = { add: button.id, authenticate: button.id, login: button.id };
    ids.credential = credential.id;
    ids.passwordless = "id_passwordless";
    ids.data = "js_data";
    window.allauth.webauthn.forms[button.dataset.passkey]({ ids: ids });
    button.addEventListener("click", function () {
      failed.textContent = "";
    });
    button.hidden = false;
  });
  document.addEventListener("allauth.error", function (event) {
    event.preventDefault();
    failed.textContent = failed.dataset.text;
  });
})();
