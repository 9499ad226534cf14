/** Walking a grid of buttons with the arrows of a keyboard or a remote control. */
import { stepInGrid } from "./profile_words.js";

/**
 * @param {KeyboardEvent} event
 * @param {HTMLElement | null} grid whose buttons stand in rows of equal length
 * @returns {boolean} whether the focus went somewhere
 */
export function walkGrid(event, grid) {
  const tiles = [...(grid?.querySelectorAll("button") ?? [])];
  const at = tiles.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
  if (!grid || at < 0) return false;
  const columns = tiles.filter((tile) => tile.offsetTop === tiles[0]?.offsetTop).length;
  const to = stepInGrid(at, tiles.length, columns, event.key, getComputedStyle(grid).direction === "rtl");
  const tile = to === null ? undefined : tiles[to];
  if (!tile) return false;
  event.preventDefault();
  tile.focus();
  return true;
}
