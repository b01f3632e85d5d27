// Small menus that open under a button: arrow keys move, Escape and a click elsewhere close.
let open = null;

function close(focus = false) {
  if (!open) return;
  const { button, menu } = open;
  menu.hidden = true;
  button.setAttribute("aria-expanded", "false");
  if (focus) button.focus();
  open = null;
}

function toggle(button) {
  const menu = button.parentElement.querySelector(".menu");
  const same = open?.menu === menu;
  close();
  if (same) return;
  menu.hidden = false;
  button.setAttribute("aria-expanded", "true");
  open = { button, menu };
  menu.classList.remove("to-left", "to-top");
  const box = menu.getBoundingClientRect();
  const floor = button.closest("#scroll, #thread-list, .content")?.getBoundingClientRect().bottom ?? innerHeight;
  menu.classList.toggle("to-left", box.right > innerWidth - 4);
  menu.classList.toggle("to-top", box.bottom > floor && box.height < box.top - 60);
  menu.querySelector("[role=menuitem]")?.focus();
}

function keys(event) {
  if (!open) return;
  const items = [...open.menu.querySelectorAll("[role=menuitem]")];
  const at = items.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) items[(at + step + items.length) % items.length].focus();
  else if (event.key === "Home") items[0].focus();
  else if (event.key === "End") items[items.length - 1].focus();
  else if (event.key === "Escape") close(true);
  else { if (event.key === "Tab") close(); return; }
  event.preventDefault();
}

export const menus = {
  start() {
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-menu]");
      if (button) toggle(button);
      else close();
    });
    document.addEventListener("keydown", keys, true);
  },
};
