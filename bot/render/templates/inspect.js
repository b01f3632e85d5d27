"use strict";
const why = document.getElementById("why");
const hint = why.textContent;
const light = (key, on) => {
  for (const piece of document.querySelectorAll("article .m")) {
    if (piece.dataset.keys.split(" ").includes(key)) piece.classList.toggle("hot", on);
  }
};
for (const tag of document.querySelectorAll("a.tag")) {
  const show = () => { light(tag.dataset.key, true); if (tag.dataset.why) why.textContent = `${tag.textContent}: ${tag.dataset.why}`; };
  const hide = () => { light(tag.dataset.key, false); why.textContent = hint; };
  tag.addEventListener("mouseenter", show);
  tag.addEventListener("mouseleave", hide);
  tag.addEventListener("focus", show);
  tag.addEventListener("blur", hide);
}
for (const row of document.querySelectorAll("tbody a.tag")) {
  row.addEventListener("click", (event) => {
    const place = document.querySelector(`article a.tag[data-key="${row.dataset.key}"]`);
    if (place) { event.preventDefault(); place.scrollIntoView({ block: "center" }); place.focus({ preventScroll: true }); }
  });
}
for (const box of document.querySelectorAll("[data-layer]")) {
  box.addEventListener("change", () => document.body.classList.toggle(`no-${box.dataset.layer}`, !box.checked));
}
