// Passkeys, progress of an issue, upload of an extract. Everything else works without it.
"use strict";
const message = document.getElementById("message");

function tell(text) {
  message.textContent = text;
  message.hidden = !text;
  if (text) message.scrollIntoView({ block: "nearest" });
}

async function send(path, body, token, headers) {
  const answer = await fetch(path, {
    method: "POST",
    credentials: "same-origin",
    headers: { accept: "application/json", "x-form-token": token || "", ...headers },
    body,
  });
  const told = await answer.json().catch(() => ({}));
  if (answer.status === 401) location.assign("/sign-in");
  if (!answer.ok) throw new Error([told.title, told.detail].filter(Boolean).join(" ") || document.body.dataset.failed);
  return told;
}

const json = (value) => JSON.stringify(value);
const JSON_TYPE = { "content-type": "application/json" };
const FORM_TYPE = { "content-type": "application/x-www-form-urlencoded" };

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (c) => c.charCodeAt(0));
}

function text(buffer) {
  const plain = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

async function create(options) {
  const wanted = options.publicKey;
  wanted.challenge = bytes(wanted.challenge);
  wanted.user.id = bytes(wanted.user.id);
  for (const one of wanted.excludeCredentials || []) one.id = bytes(one.id);
  const made = await navigator.credentials.create({ publicKey: wanted });
  return {
    id: made.id,
    rawId: text(made.rawId),
    type: made.type,
    response: {
      attestationObject: text(made.response.attestationObject),
      clientDataJSON: text(made.response.clientDataJSON),
      transports: made.response.getTransports ? made.response.getTransports() : undefined,
    },
    extensions: {},
  };
}

async function prove(options) {
  const wanted = options.publicKey;
  wanted.challenge = bytes(wanted.challenge);
  for (const one of wanted.allowCredentials || []) one.id = bytes(one.id);
  const made = await navigator.credentials.get({ publicKey: wanted });
  return {
    id: made.id,
    rawId: text(made.rawId),
    type: made.type,
    response: {
      authenticatorData: text(made.response.authenticatorData),
      clientDataJSON: text(made.response.clientDataJSON),
      signature: text(made.response.signature),
      userHandle: made.response.userHandle ? text(made.response.userHandle) : null,
    },
    extensions: {},
  };
}

// Runs what a form starts; its buttons wait meanwhile, and what was typed stays.
function on(id, work) {
  const form = document.getElementById(id);
  if (form) listen(form, work);
}

function listen(form, work) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const buttons = form.querySelectorAll("button");
    buttons.forEach((button) => (button.disabled = true));
    tell("");
    try {
      await work(form, event.submitter);
    } catch (error) {
      const cancelled = error.name === "NotAllowedError" || error.name === "InvalidStateError";
      tell(cancelled ? document.body.dataset.cancelled : error.message);
    } finally {
      buttons.forEach((button) => (button.disabled = false));
    }
  });
}

on("passkey-sign-in", async (form) => {
  const login = new URLSearchParams({ login: form.login.value }).toString();
  const asked = await send("/sign-in/begin", login, "", FORM_TYPE);
  const answer = await prove(asked.options);
  const done = await send("/sign-in/finish", json({ ceremony: asked.ceremony, answer }), "", JSON_TYPE);
  location.assign(done.next);
});

// A change of the ways in is signed by a passkey that the account has; who is still enrolling is asked for none.
async function signed(change, token) {
  const asked = await send("/account/prove/begin", json({ change }), token, JSON_TYPE);
  if (!asked.options) return;
  const answer = await prove(asked.options);
  await send("/account/prove/finish", json({ ceremony: asked.ceremony, answer }), token, JSON_TYPE);
}

for (const form of document.querySelectorAll("form[data-change]")) {
  listen(form, async () => {
    await signed(form.dataset.change, form.form_token.value);
    form.submit();
  });
}

on("passkey-add", async (form) => {
  const token = form.dataset.token;
  await signed("add-passkey", token);
  const asked = await send("/account/passkey/begin", "", token, FORM_TYPE);
  const answer = await create(asked.options);
  const body = json({ ceremony: asked.ceremony, answer, label: form.label.value });
  const done = await send("/account/passkey/finish", body, token, JSON_TYPE);
  location.assign(done.next);
});

on("decide", async (form, button) => {
  const { act, token } = form.dataset;
  const asked = await send(`/approvals/${act}/begin`, json({ decision: button.value, note: form.note.value }), token, JSON_TYPE);
  const answer = await prove(asked.options);
  const body = json({ ceremony: asked.ceremony, answer });
  const done = await send(`/approvals/${act}/finish`, body, token, JSON_TYPE);
  location.assign(done.next);
});

on("import", async (form) => {
  const file = form.file.files[0];
  document.getElementById("progress").textContent = `${file.name} …`;
  const headers = { "content-type": "text/csv", "x-file-name": encodeURIComponent(file.name) };
  const done = await send("/imports/new", file, form.dataset.token, headers);
  location.assign(done.next);
});

on("photo-new", async (form) => {
  const headers = { "content-type": "application/octet-stream", "x-reason": encodeURIComponent(form.reason.value) };
  const done = await send(`/people/${form.dataset.case}/photo`, form.file.files[0], form.dataset.token, headers);
  location.assign(done.next);
});

// What was typed when the sign-in had ended stands in its form again. Boxes by which somebody vouches for something, and files,
// are chosen anew; nothing is sent by itself.
const unsent = document.getElementById("unsent");
if (unsent?.dataset.sends) {
  const typed = JSON.parse(unsent.dataset.fields);
  const form = (path) => path.replace(/^\/people\/[^/]+\/(?=.)/, "/people/*/");
  const isIt = (one) => {
    const sends = one.dataset.sends || one.getAttribute("action");
    const hidden = [...one.querySelectorAll("input[type=hidden]")].filter((field) => field.name in typed);
    return sends && form(sends) === form(unsent.dataset.sends) && hidden.every((field) => field.value === typed[field.name]);
  };
  const found = [...document.forms].find(isIt);
  if (found) {
    for (const field of found.elements) {
      const isTyped = ["text", "search", "date", "number", "select-one", "textarea"].includes(field.type);
      if (isTyped && field.name in typed) field.value = typed[field.name];
    }
    for (let around = found.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
    found.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  } else {
    document.getElementById("unsent-filled").hidden = true;
    document.getElementById("unsent-typed").hidden = false;
  }
}

const issue = document.getElementById("issue");
if (issue) {
  // A code that nobody watches over is not read aloud.
  const lost = (why) => {
    const stage = document.getElementById("stage");
    const code = document.getElementById("code");
    stage.dataset.stage = "lost";
    stage.textContent = why || document.body.dataset.failed;
    code.hidden = true;
    code.querySelector("strong").textContent = "";
  };
  const look = async () => {
    let done = false;
    try {
      const answer = await fetch(issue.dataset.state, { headers: { accept: "application/json" } });
      if (answer.ok) {
        const state = await answer.json();
        const stage = document.getElementById("stage");
        const code = document.getElementById("code");
        // Only what is new is said aloud.
        if (stage.dataset.stage !== state.stage) {
          stage.dataset.stage = state.stage;
          stage.textContent = state.text;
          code.hidden = !state.code;
          code.querySelector("strong").textContent = state.code || "";
        }
        const warning = document.getElementById("warning");
        if (warning.textContent !== (state.warning || "")) {
          warning.textContent = state.warning || "";
          warning.hidden = !state.warning;
        }
        done = state.done;
      } else {
        const told = await answer.json().catch(() => ({}));
        lost([told.title, told.detail].filter(Boolean).join(" "));
        if (answer.status === 401) location.assign("/sign-in");
        // The issuer keeps nothing of it any more, and says what to do: it does not come back.
        done = answer.status === 410;
      }
    } catch {
      lost();
    }
    if (!done) setTimeout(look, 1000);
  };
  setTimeout(look, 1000);
}
