/** Keeps the last picture on the screen while another source of the same film is fetched. */
import { mediaElement } from "./element.js";

/** @type {HTMLCanvasElement | null} */
let held = null;

export function holdFrame() {
  const media = mediaElement();
  if (held || !media.videoWidth || !media.parentElement) return;
  held = document.createElement("canvas");
  held.className = "stage__held";
  held.width = media.videoWidth;
  held.height = media.videoHeight;
  held.getContext("2d")?.drawImage(media, 0, 0);
  media.after(held);
}

export function releaseFrame() {
  held?.remove();
  held = null;
}
