/** The arrow keys on the search page: from the box into the results, through them, and back. */
import { nextPlace } from "./arrow_places.js";

const ARROWS = ["ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight"];

/** @param {() => HTMLElement | null} results where they stand @returns {() => void} to end it */
export function watchArrows(results) {
  /** @param {KeyboardEvent} event */
  const go = (event) => {
    const place = results();
    if (!place || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const box = /** @type {HTMLElement | null} */ (document.querySelector(".search__input"));
    const links = /** @type {HTMLElement[]} */ ([...place.querySelectorAll("a[href]")]);
    const at = links.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    if (event.key === "Escape" && at >= 0) return void box?.focus();
    if (!ARROWS.includes(event.key)) return;
    if (document.activeElement === box && event.key === "ArrowDown") return focus(event, links[0]);
    if (at < 0) return;
    const next = nextPlace(links.map((link) => link.getBoundingClientRect()), at, event.key, getComputedStyle(place).direction === "rtl");
    if (next !== null) focus(event, next < 0 ? box : links[next]);
  };
  addEventListener("keydown", go);
  return () => removeEventListener("keydown", go);
}

/** @param {KeyboardEvent} event @param {HTMLElement | null | undefined} target */
function focus(event, target) {
  if (!target) return;
  event.preventDefault();
  target.focus();
  target.scrollIntoView({ block: "nearest" });
}
