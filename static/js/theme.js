// Runs before the first paint, as a classic script, so that the page never flashes in the other theme.
(() => {
  try {
    const kept = localStorage.getItem("theme");
    if (kept === "dark" || kept === "light") document.documentElement.dataset.theme = kept;
  } catch {
    // A browser that forbids storage follows the system.
  }
})();
