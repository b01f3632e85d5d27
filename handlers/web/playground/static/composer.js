// The message field: Enter sends, "/" and "@" suggest, the arrow keys choose.
const field = document.getElementById("composer");
const list = document.getElementById("commands");
const known = JSON.parse(document.getElementById("known").textContent);
const page = document.body.dataset;
let act, options = [], chosen = 0;
const sent = [];
let recalled = 0;

function grow(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight}px`;
}

function suggest() {
  const typed = field.value.toLowerCase();
  const starts = typed && (typed[0] === "/" || typed[0] === "@") && !typed.includes("\n");
  options = starts ? known.filter((k) => k.typed.toLowerCase().startsWith(typed) && k.typed.toLowerCase() !== typed.trimEnd()) : [];
  chosen = 0;
  list.replaceChildren(...options.map((option, number) => {
    const row = document.createElement("div");
    row.id = `command-${number}`;
    row.setAttribute("role", "option");
    row.append(Object.assign(document.createElement("b"), { textContent: option.usage }), Object.assign(document.createElement("span"), { textContent: option.about }));
    row.addEventListener("mousedown", (event) => { event.preventDefault(); take(number); });
    return row;
  }));
  mark();
}

function mark() {
  list.hidden = !options.length;
  field.setAttribute("aria-expanded", String(!list.hidden));
  [...list.children].forEach((row, number) => row.setAttribute("aria-selected", String(number === chosen)));
  if (options.length) {
    field.setAttribute("aria-activedescendant", `command-${chosen}`);
    list.children[chosen].scrollIntoView({ block: "nearest" });
  } else field.removeAttribute("aria-activedescendant");
}

function take(number) {
  field.value = options[number].typed;
  field.focus();
  suggest();
  grow(field);
}

function keys(event) {
  if (!options.length) {
    if (event.key === "ArrowUp" && !field.value && sent.length) {
      recalled = (recalled || sent.length) - 1;
      field.value = sent[recalled];
      event.preventDefault();
    }
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) chosen = (chosen + step + options.length) % options.length;
  else if (event.key === "Tab") take(chosen);
  else if (event.key === "Escape") options = [];
  else return;
  event.preventDefault();
  if (event.key !== "Tab") mark();
}

async function send(text, thread) {
  if (!text.trim()) return;
  sent.push(text);
  recalled = 0;
  if (text.startsWith("/msc") || text.includes("@msc")) wait("msc-bot is looking …");
  const said = await act("send", { text, place: page.place, thread });
  if (said.failed) wait("");
}

/** Tell that an answer is on its way; it is cleared when one has come, at the latest after half a minute. */
function wait(words) {
  document.getElementById("waiting").textContent = words;
  clearTimeout(wait.timer);
  if (words) wait.timer = setTimeout(wait, 30000, "");
}

/** Share the chosen files with what stands in the message field. */
async function share(chosen) {
  if (!chosen.length) return;
  const form = new FormData();
  for (const file of chosen) form.append("file", file, file.name);
  const query = new URLSearchParams({ user: page.user, place: page.place, text: field.value, ...(page.thread && { thread: page.thread }) });
  wait("The files are on their way …");
  field.value = "";
  grow(field);
  const answer = await fetch(`/play/share?${query}`, { method: "POST", body: form });
  const said = await answer.json();
  wait(said.failed || "");
}

function sends(form, area, thread) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = area.value;
    area.value = "";
    grow(area);
    suggest();
    send(text, thread());
  });
  area.addEventListener("input", () => grow(area));
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      if (area === field && options.length && field.value.trim() === "/") take(chosen);
      else form.requestSubmit();
    }
  });
}

export const composer = {
  start(given) {
    act = given;
    const files = document.getElementById("files");
    document.getElementById("attach")?.addEventListener("click", () => files.click());
    files.addEventListener("change", async () => { await share([...files.files]); files.value = ""; });
    field.addEventListener("input", suggest);
    field.addEventListener("keydown", keys);
    field.addEventListener("blur", () => { options = []; mark(); });
    sends(document.getElementById("composer-box"), field, () => null);
    sends(document.getElementById("reply-box"), document.getElementById("reply"), () => page.thread);
  },
  send(text) { send(text, null); field.focus(); },
  answered() { wait(""); },
};
