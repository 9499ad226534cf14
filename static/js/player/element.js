/** The one media element of the app, and whoever listens to it. */

/** @typedef {(media: HTMLVideoElement) => void} Attach */

/** @type {HTMLVideoElement | null} */
let element = null;
/** @type {Attach[]} */
const attached = [];

/** @returns {HTMLVideoElement} the element, made on first use */
export function mediaElement() {
  if (element) return element;
  element = document.createElement("video");
  element.className = "stage__media";
  element.playsInline = true;
  element.preload = "auto";
  for (const attach of attached) attach(element);
  return element;
}

export const isMade = () => element !== null;

/** Called once with the element, now or as soon as there is one; a graph of sounds or a listener begins here. @param {Attach} attach */
export function whenMade(attach) {
  attached.push(attach);
  if (element) attach(element);
}
