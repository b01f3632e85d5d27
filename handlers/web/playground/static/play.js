// The playground: asks for the pieces that changed, and sends what the user does.
import { composer } from "./composer.js";
import { dialogs } from "./dialogs.js";
import { menus } from "./menus.js";
import { suggestions } from "./external.js";

const page = document.body.dataset;
const $ = (id) => document.getElementById(id);

/** Send one act; what fails is told in a sentence. */
export async function act(name, what = {}) {
  const body = JSON.stringify({ user: page.user, place: page.place, ...what });
  try {
    const answer = await fetch(`/play/do/${name}`, { method: "POST", body, headers: { "Content-Type": "application/json" } });
    const said = await answer.json();
    if (said.failed && name !== "submit" && name !== "send") toast(said.failed);
    return said;
  } catch {
    toast("The playground has ended; start it again with msc play.");
    return { failed: "ended" };
  }
}

export function toast(words) {
  const shown = $("toast");
  shown.textContent = words;
  shown.hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { shown.hidden = true; }, 6000);
}

/** Replace what differs, leave the rest of the list alone, so that focus, scroll and announcements stay. */
function reconcile(list, items) {
  const old = new Map([...list.children].map((node) => [node.dataset.item, node]));
  let place = list.firstElementChild;
  for (const item of items) {
    let node = old.get(item.key);
    old.delete(item.key);
    if (!node) {
      node = document.createElement("div");
      node.dataset.item = item.key;
    }
    if (node.dataset.rev !== item.rev) {
      const focus = remembered(node);
      node.innerHTML = item.html;
      node.dataset.rev = item.rev;
      focus();
    }
    if (node === place) place = place.nextElementSibling;
    else list.insertBefore(node, place);
  }
  for (const gone of old.values()) gone.remove();
}

/** After a piece was drawn anew, focus returns to the same button, or to the message. */
function remembered(node) {
  const active = node.contains(document.activeElement) ? document.activeElement : null;
  if (!active) return () => {};
  const { action, block } = active.dataset;
  return () => {
    const same = action && [...node.querySelectorAll("[data-action]")].find((e) => e.dataset.action === action && (e.dataset.block === block || e.dataset.kind === "button"));
    const next = same || node.querySelector("button, a, select");
    next?.focus({ preventScroll: true });
  };
}

function swap(id, html) {
  const box = $(id);
  if (box.dataset.html === html) return;
  const key = box.contains(document.activeElement) && document.activeElement.dataset.place;
  const first = box.dataset.html === undefined;
  box.dataset.html = html;
  if (first && box.innerHTML.trim() === html.trim()) return;
  box.innerHTML = html;
  if (key) [...box.querySelectorAll("[data-place]")].find((e) => e.dataset.place === key)?.focus();
}

const query = () => new URLSearchParams({ user: page.user, place: page.place, ...(page.thread && { thread: page.thread }) });
let busy = false, again = false;

/** Ask for the pieces and put them in; one request at a time. */
export async function refresh() {
  if (busy) { again = true; return; }
  busy = true;
  try {
    do {
      again = false;
      const asked = query().toString();
      const answer = await fetch(`/play/pieces?${asked}`);
      if (answer.ok && asked === query().toString()) draw(await answer.json());
    } while (again);
  } catch { /* the stream of events tells when the playground is back */ } finally { busy = false; }
}

function draw(pieces) {
  const before = $("list").lastElementChild?.dataset.item, seen = newestOf();
  const atEnd = nearEnd($("scroll"));
  document.title = `${pieces.title} · msc-bot playground`;
  for (const name of ["head", "intro", "prompts", "home"]) swap(name, pieces[name]);
  swap("places", pieces.side);
  const home = page.place === "home";
  $("list").hidden = home;
  $("home").hidden = !home;
  $("composer-box").hidden = home || !pieces.may_write;
  $("closed").hidden = home || pieces.may_write;
  $("composer").placeholder = pieces.placeholder;
  $("composer").setAttribute("aria-label", pieces.placeholder);
  reconcile($("list"), pieces.list);
  $("thread").hidden = !page.thread;
  if (pieces.thread) reconcile($("thread-list"), pieces.thread);
  dialogs.show(pieces.modal, pieces.hash);
  const newest = $("list").lastElementChild;
  if (atEnd || newest?.dataset.item !== before) toEnd();
  if (pieces.modal) composer.answered();  // some commands are answered by a form
  if (newestOf() !== seen && (pieces.thread || newest?.querySelector(".avatar.app, .replies"))) composer.answered();
  if (page.thread) $("thread-list").scrollTop = $("thread-list").scrollHeight;
}

/** What stands last in the channel and in the thread, and how. */
const newestOf = () => ["list", "thread-list"].map((id) => $(id).lastElementChild?.dataset.rev).join();
const nearEnd = (box) => box.scrollHeight - box.scrollTop - box.clientHeight < 120;

/** To the newest message; one that is taller than the window is read from its beginning. */
function toEnd() {
  const box = $("scroll"), last = $("list").lastElementChild;
  if (page.place === "home") box.scrollTop = 0;
  else if (last && last.offsetHeight > box.clientHeight) box.scrollTop += last.getBoundingClientRect().top - box.getBoundingClientRect().top;
  else box.scrollTop = box.scrollHeight;
}

/** Go to a channel, a tab or a thread without loading the page anew. */
export function go(place, thread = "") {
  const moved = place !== page.place;
  page.place = place;
  page.thread = thread;
  if (moved) {
    $("list").replaceChildren();
    toggleSide(false);
  }
  $("thread-list").replaceChildren();
  history.pushState(null, "", `/play/?${query()}`);
  return refresh().then(() => { if (moved) toEnd(); });
}

function toggleSide(open) {
  $("side").classList.toggle("open", open);
  $("show-side").setAttribute("aria-expanded", String(open));
}

document.addEventListener("click", async (event) => {
  const at = (selector) => event.target.closest(selector);
  const link = at("a[data-place]");
  if (link) {
    event.preventDefault();
    await go(link.dataset.place);
    if (link.dataset.place === "home") act("visit", { tab: "home" });
    else if (link.closest(".tabs")) act("visit", { tab: "messages" });
    return;
  }
  const thread = at("[data-thread]:not(body)");
  if (thread) { await go(page.place, thread.dataset.thread); $("reply").focus(); return; }
  const chip = at("[data-say]");
  if (chip) { composer.send(chip.dataset.say); return; }
  const shortcut = at("[data-shortcut]");
  if (shortcut) { act("shortcut", { callback: shortcut.dataset.shortcut, of: shortcut.dataset.of }); return; }
  const button = at("[data-action]");
  if (button && (button.matches("button, a") || button.dataset.choose)) press(button);
});

document.addEventListener("change", (event) => {
  const field = event.target.closest("[data-action]");
  if (!field || field.closest(".input") || field.getAttribute("role") === "combobox") return;
  const all = field.type === "checkbox" ? [...field.closest(".choices").querySelectorAll("input:checked")].map((e) => e.value) : null;
  const many = field.multiple ? [...field.selectedOptions].map((o) => o.value) : null;
  press(field, all || many || field.value);
});

/** Press a button or choose in a menu; asks first where the app wants it. */
async function press(element, choose = element.dataset.choose) {
  const { of, action, block, value, confirm } = element.dataset;
  if (confirm && !(await dialogs.confirm(JSON.parse(confirm)))) return;
  if (element.dataset.busy) return; // a button that is disabled would lose the focus
  element.dataset.busy = "yes";
  await act("click", { of, action, block, ...(element.dataset.kind === "button" && value !== undefined && { value: value || null }), ...(choose !== undefined && { choose }), ...(element.closest("[role=dialog]") && { filled: dialogs.filled(element.closest("[role=dialog]")) }) });
  delete element.dataset.busy;
}

$("close-thread").addEventListener("click", () => { go(page.place); $("composer").focus(); });
$("show-side").addEventListener("click", () => toggleSide(!$("side").classList.contains("open")));
$("me").addEventListener("change", (event) => { location.search = new URLSearchParams({ user: event.target.value }); });
$("theme").addEventListener("click", () => {
  const dark = document.documentElement.dataset.theme !== "dark";
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  $("theme").setAttribute("aria-pressed", String(dark));
  try { localStorage.setItem("appearance", dark ? "dark" : "light"); } catch { /* it lasts for this page */ }
});
$("theme").setAttribute("aria-pressed", String(document.documentElement.dataset.theme === "dark"));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  if (page.thread && $("thread").contains(document.activeElement)) $("close-thread").click();
  else toggleSide(false);
});
addEventListener("popstate", () => location.reload());

composer.start(act);
dialogs.start(act);
menus.start();
suggestions.start(act);
new EventSource("/play/events").addEventListener("message", refresh);
toEnd();
if (!matchMedia("(max-width: 900px)").matches) $("composer").focus();
document.documentElement.dataset.ready = "yes";
