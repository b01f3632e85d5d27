// Before anything is drawn: the appearance that was chosen last, else the one of the system.
(() => {
  let chosen = null;
  try { chosen = localStorage.getItem("appearance"); } catch { /* no storage: the system's choice stands */ }
  const dark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
