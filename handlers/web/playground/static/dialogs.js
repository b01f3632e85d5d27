// Modals: focus stays inside, Escape closes, what was typed survives until the app changes the view.
const veil = document.getElementById("veil");
const asking = document.getElementById("confirm");
const page = document.getElementById("frame");
let act, shown = null, before = null;

const inside = (box) => [...box.querySelectorAll("button, a[href], input, select, textarea, [tabindex='0']")].filter((e) => !e.disabled && e.offsetParent !== null);

function trap(event, box) {
  if (event.key !== "Tab") return;
  const stops = inside(box);
  const at = stops.indexOf(document.activeElement);
  const next = event.shiftKey ? (at <= 0 ? stops.length - 1 : at - 1) : (at === stops.length - 1 ? 0 : at + 1);
  if (at === -1 || (event.shiftKey ? at === 0 : at === stops.length - 1)) {
    event.preventDefault();
    stops[next]?.focus();
  }
}

function show(html, hash) {
  if (hash === shown) return;
  const kept = new Map([...veil.querySelectorAll("[data-input]")].map((i) => [i.dataset.input, i.querySelector("input, textarea")?.value]));
  const same = shown && hash && veil.firstElementChild?.dataset.view === idOf(html);
  const action = veil.contains(document.activeElement) && document.activeElement.dataset.action;
  shown = hash;
  if (!hash) {
    veil.hidden = true;
    veil.replaceChildren();
    page.inert = false;
    const back = before?.isConnected ? before : document.getElementById("composer");
    before = null;
    back.focus();
    return;
  }
  before ??= document.activeElement;
  veil.innerHTML = html;
  veil.hidden = false;
  page.inert = true;
  if (same) for (const input of veil.querySelectorAll("[data-input]")) {
    const box = input.querySelector("input[type=text], textarea"), value = kept.get(input.dataset.input);
    if (box && value && !box.value) box.value = value;
  }
  const dialog = veil.firstElementChild;
  const first = (action && dialog.querySelector(`[data-action="${CSS.escape(action)}"]`)) || dialog.querySelector(".content input, .content textarea, .content select") || dialog;
  first.focus();
}

function idOf(html) {
  const box = document.createElement("template");
  box.innerHTML = html;
  return box.content.querySelector("[data-view]")?.dataset.view;
}

/** What is filled in, keyed by block. */
function values(dialog) {
  const found = {};
  for (const input of dialog.querySelectorAll("[data-input]")) {
    const fields = [...input.querySelectorAll("[data-action]")];
    const first = fields[0];
    if (!first) continue;
    const id = input.dataset.input;
    if (first.type === "checkbox") found[id] = fields.filter((f) => f.checked).map((f) => f.value);
    else if (first.type === "radio") found[id] = fields.find((f) => f.checked)?.value ?? null;
    else if (first.multiple) found[id] = [...first.selectedOptions].map((o) => o.value);
    else if (first.getAttribute("role") === "combobox") found[id] = first.dataset.option ? JSON.parse(first.dataset.option) : null;
    else found[id] = first.value || null;
    if (first.getAttribute("role") === "combobox" && !first.dataset.option && first.defaultValue) delete found[id];
  }
  return found;
}

async function submit() {
  const dialog = veil.firstElementChild;
  const button = dialog.querySelector("[data-submit]");
  if (!button || button.disabled) return;
  button.disabled = true;
  for (const box of dialog.querySelectorAll(".error")) box.hidden = true;
  const answer = await act("submit", { of: `v:${dialog.dataset.view}`, values: values(dialog) });
  button.disabled = false;
  const trouble = dialog.querySelector(".trouble");
  trouble.hidden = !answer.failed;
  trouble.textContent = answer.failed || "";
  let first = null;
  for (const [block, words] of Object.entries(answer.errors || {})) {
    const input = dialog.querySelector(`[data-input="${CSS.escape(block)}"]`);
    const box = input?.querySelector(".error");
    if (!box) continue;
    box.textContent = words;
    box.hidden = false;
    const field = input.querySelector("[data-action]");
    field?.setAttribute("aria-invalid", "true");
    first ??= field;
  }
  first?.focus();
}

function ask(object) {
  return new Promise((resolve) => {
    const back = document.activeElement;
    const make = (tag, more) => Object.assign(document.createElement(tag), more);
    const box = make("div", { className: "modal small", tabIndex: -1 });
    box.setAttribute("role", "alertdialog");
    box.setAttribute("aria-modal", "true");
    box.setAttribute("aria-labelledby", "confirm-title");
    const head = make("header", {}), words = make("div", { className: "content", textContent: object.text.text }), foot = make("footer", {});
    head.append(make("h2", { id: "confirm-title", textContent: object.title.text }));
    const no = make("button", { className: "btn big", type: "button", textContent: object.deny.text });
    const yes = make("button", { className: `btn big ${object.style === "danger" ? "danger" : "primary"}`, type: "button", textContent: object.confirm.text });
    const end = (answer) => { asking.hidden = true; asking.replaceChildren(); back?.focus(); resolve(answer); };
    no.addEventListener("click", () => end(false));
    yes.addEventListener("click", () => end(true));
    box.addEventListener("keydown", (event) => {
      trap(event, box);
      if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); end(false); }
    });
    foot.append(no, yes);
    box.append(head, words, foot);
    asking.replaceChildren(box);
    asking.hidden = false;
    yes.focus();
  });
}

export const dialogs = {
  show,
  confirm: ask,
  filled: values,
  start(given) {
    act = given;
    veil.addEventListener("click", (event) => {
      const button = event.target.closest("[data-close]");
      if (button) act("close", { all: button.dataset.close === "all" });
      else if (event.target.closest("[data-submit]")) submit();
    });
    veil.addEventListener("keydown", (event) => {
      const dialog = veil.firstElementChild;
      if (event.key === "Escape" && !event.defaultPrevented) { event.preventDefault(); act("close", {}); }
      else if (event.key === "Enter" && event.target.matches("input:not([role=combobox])")) { event.preventDefault(); submit(); }
      else trap(event, dialog);
    });
  },
};
