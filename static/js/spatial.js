/** Walking from thing to thing with the arrows of a remote control or a keyboard: to the nearest one in that direction. */

/** @typedef {{ left: number, top: number, width: number, height: number }} Box */

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const REACHABLE = "a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled)";
/** Being beside the way costs more than being further along it. */
const ASIDE = 2;

/**
 * @param {Box[]} boxes @param {number} from index of the one that has the focus @param {string} key name of an arrow key
 * @returns {number | null} index of the nearest one, null when nothing lies there
 */
export function nearest(boxes, from, key) {
  const own = boxes[from];
  const way = ARROWS[/** @type {keyof typeof ARROWS} */ (key)];
  if (!own || !way) return null;
  const isAcross = way[0] !== 0;
  const sign = isAcross ? way[0] : way[1];
  /** Where a box begins and ends along the way, or beside it. @param {Box} box @param {boolean} along @returns {[number, number]} */
  const span = (box, along) => (along === isAcross ? [box.left, box.left + box.width] : [box.top, box.top + box.height]);
  const middle = (/** @type {[number, number]} */ [begin, end]) => (begin + end) / 2;
  let best = null;
  let least = Infinity;
  for (const [index, box] of boxes.entries()) {
    const here = span(own, true);
    const there = span(box, true);
    if (index === from || (middle(there) - middle(here)) * sign <= 0) continue;
    const gap = sign > 0 ? there[0] - here[1] : here[0] - there[1];
    if (gap < -(here[1] - here[0]) / 2) continue;
    const beside = Math.max(0, span(box, false)[0] - span(own, false)[1], span(own, false)[0] - span(box, false)[1]);
    // To the side one stays in the row.
    if (isAcross && beside > 0) continue;
    const cost = Math.max(0, gap) + ASIDE * beside + Math.abs(middle(span(box, false)) - middle(span(own, false))) / 10;
    if (cost < least) [best, least] = [index, cost];
  }
  return best;
}

/**
 * Moves the focus, and lets the one button of a remote control do what it should.
 * @param {KeyboardEvent} event
 * @param {Element | null} root
 * @returns {boolean} whether the focus went somewhere
 */
export function walk(event, root) {
  const now = document.activeElement;
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || !root) return false;
  if (event.key === "Enter") return press(event, now);
  if (!(event.key in ARROWS)) return false;
  const isText = now instanceof HTMLInputElement && now.type !== "checkbox";
  if (isText && event.key !== "ArrowUp" && event.key !== "ArrowDown") return false;
  const things = [...root.querySelectorAll(REACHABLE)].filter((one) => one instanceof HTMLElement && one.checkVisibility());
  const at = things.indexOf(/** @type {Element} */ (now));
  const to = at < 0 ? 0 : nearest(things.map((one) => one.getBoundingClientRect()), at, event.key);
  const thing = to === null ? null : things[to];
  // A list would take another value instead, and the page would scroll.
  event.preventDefault();
  if (!(thing instanceof HTMLElement)) return false;
  thing.focus();
  return true;
}

/** A tick and a list open by their own keys only, which a remote control does not have. @param {KeyboardEvent} event @param {Element | null} now */
function press(event, now) {
  if (now instanceof HTMLInputElement && now.type === "checkbox") now.click();
  else if (now instanceof HTMLSelectElement) now.showPicker?.();
  else return false;
  event.preventDefault();
  return false;
}
