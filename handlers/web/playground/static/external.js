// Menus whose options come from the app while one types.
let act, timer, asked = 0;

function listOf(field) { return field.parentElement.querySelector("[role=listbox]"); }

function close(field) {
  listOf(field).hidden = true;
  field.setAttribute("aria-expanded", "false");
}

function heading(label) {
  return label ? [Object.assign(document.createElement("div"), { className: "group", textContent: label })] : [];
}

function optionRow(field, option) {
  const row = document.createElement("div");
  row.setAttribute("role", "option");
  row.textContent = option.text.text;
  row.addEventListener("mousedown", (event) => { event.preventDefault(); take(field, option); });
  row.option = option;
  return row;
}

async function ask(field) {
  const query = field.value;
  delete field.dataset.option;
  if (query.length < Number(field.dataset.least)) { close(field); return; }
  const mine = ++asked;
  const { of, action } = field.dataset;
  const answer = await act("suggest", { of, action, query });
  if (mine !== asked) return;
  const list = listOf(field);
  const groups = answer.groups || [];
  const rows = groups.flatMap((group) => [...heading(group.label), ...group.options.map((option) => optionRow(field, option))]);
  if (!rows.length) rows.push(Object.assign(document.createElement("div"), { className: "none", textContent: "No results" }));
  list.replaceChildren(...rows);
  list.hidden = false;
  field.setAttribute("aria-expanded", "true");
}

function take(field, option) {
  clearTimeout(timer);  // what was typed before the choice asks no more
  asked++;
  field.value = option.text.text;
  field.dataset.option = JSON.stringify(option);
  close(field);
  if (!field.closest(".input")) act("click", { of: field.dataset.of, action: field.dataset.action, block: field.dataset.block, choose: option });
}

function keys(event) {
  const field = event.target.closest?.(".external input");
  if (!field || listOf(field).hidden) return;
  const rows = [...listOf(field).querySelectorAll("[role=option]")];
  const at = rows.findIndex((row) => row.getAttribute("aria-selected") === "true");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && rows.length) {
    const next = (at + step + rows.length) % rows.length;
    rows.forEach((row, number) => row.setAttribute("aria-selected", String(number === next)));
    rows[next].scrollIntoView({ block: "nearest" });
  } else if (event.key === "Enter" && rows.length) take(field, rows[Math.max(at, 0)].option);
  else if (event.key === "Escape") close(field);
  else return;
  event.preventDefault();
}

export const suggestions = {
  start(given) {
    act = given;
    document.addEventListener("input", (event) => {
      const field = event.target.closest?.(".external input");
      if (!field) return;
      clearTimeout(timer);
      timer = setTimeout(ask, 120, field);
    });
    document.addEventListener("focusin", (event) => {
      const field = event.target.closest?.(".external input");
      if (field && field.dataset.least === "0" && !field.value) ask(field);  // Slack opens such a menu at once
    });
    document.addEventListener("keydown", keys, true);
    document.addEventListener("focusout", (event) => { if (event.target.matches?.(".external input")) close(event.target); });
  },
};
