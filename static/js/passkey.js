// Passkeys: makes one on the account page, uses one on the sign-in page. Without this script the code does all.

const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");

function asked(options) {
  const named = (list) => (list || []).map((each) => ({ ...each, id: toBytes(each.id) }));
  return {
    ...options,
    challenge: toBytes(options.challenge),
    ...(options.user && { user: { ...options.user, id: toBytes(options.user.id) } }),
    ...(options.excludeCredentials && { excludeCredentials: named(options.excludeCredentials) }),
    ...(options.allowCredentials && { allowCredentials: named(options.allowCredentials) }),
  };
}

function answered(credential) {
  const names = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const given = names.filter((name) => credential.response[name]);
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response: Object.fromEntries(given.map((name) => [name, toText(credential.response[name])])),
  });
}

export function offerPasskeys(page) {
  const form = page.querySelector("form[data-passkey]");
  if (!form || !window.PublicKeyCredential) return;
  const options = JSON.parse(form.dataset.passkeyOptions);
  const [button, told] = [form.querySelector("[data-passkey-button]"), form.querySelector("[data-passkey-told]")];
  form.querySelectorAll("[data-passkey-shown]").forEach((part) => part.removeAttribute("hidden"));
  form.querySelectorAll("[data-passkey-without]").forEach((part) => part.setAttribute("hidden", ""));
  button.addEventListener("click", async () => {
    told.textContent = "";
    try {
      const publicKey = asked(options);
      const isNew = form.dataset.passkey === "create";
      const credential = await (isNew
        ? navigator.credentials.create({ publicKey })
        : navigator.credentials.get({ publicKey }));
      form.elements.passkey.value = answered(credential);
      form.requestSubmit();
    } catch {
      told.textContent = told.dataset.passkeyTold;
    }
  });
}
