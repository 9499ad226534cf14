/** Keeps the browser's offer to install the app, for the settings to make it calmly. */
import { signal } from "@preact/signals";

/** @typedef {Event & { prompt(): Promise<{ outcome: "accepted" | "dismissed" }> }} Offer */

export const offer = signal(/** @type {Offer | null} */ (null));

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offer.value = /** @type {Offer} */ (event);
});
addEventListener("appinstalled", () => (offer.value = null));
