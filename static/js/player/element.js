/** The one media element of the app, and whoever listens to it. */

/** @typedef {(media: HTMLVideoElement) => void} Attach */

/** What an element tells while it is not the one that plays is nobody's business. */
const TOLD = [
  "loadstart", "progress", "suspend", "abort", "error", "emptied", "stalled", "loadedmetadata", "loadeddata", "canplay", "canplaythrough",
  "playing", "waiting", "seeking", "seeked", "ended", "durationchange", "timeupdate", "play", "pause", "ratechange", "resize", "volumechange",
];

/** @type {HTMLVideoElement | null} */
let element = null;
/** @type {Attach[]} */
const attached = [];

/** @returns {HTMLVideoElement} the element, made on first use */
export function mediaElement() {
  if (element) return element;
  element = make();
  for (const attach of attached) attach(element);
  return element;
}

function make() {
  const made = document.createElement("video");
  made.className = "stage__media";
  made.playsInline = true;
  made.preload = "auto";
  for (const type of TOLD) {
    made.addEventListener(type, (event) => void (made === element || event.stopImmediatePropagation()), { capture: true });
  }
  return made;
}

/** @type {HTMLVideoElement | null} */
let spare = null;
let isSpareAttached = false;

/** A second element, in which what comes next is made ready while the first one still plays. */
export const spareElement = () => (spare ??= make());

/** The second element becomes the one of the app, and the one that was waits for its turn. */
export function swapElements() {
  const [one, other] = [mediaElement(), spareElement()];
  [element, spare] = [other, one];
  one.replaceWith(other);
  if (isSpareAttached) return;
  isSpareAttached = true;
  for (const attach of attached) attach(other);
}

export const isMade = () => element !== null;

/** Called once with the element, now or as soon as there is one; a graph of sounds or a listener begins here. @param {Attach} attach */
export function whenMade(attach) {
  attached.push(attach);
  if (element) attach(element);
  if (isSpareAttached && spare) attach(spare);
}
