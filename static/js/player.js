/** The player as everybody else knows it: what plays, and what can be asked of it. What plays it comes when it is needed. */
import { isMade, mediaElement } from "./player/element.js";

/** @import { How } from "./player/loading.js" */

export { mediaElement, whenMade } from "./player/element.js";
export { hasNext, hasPrevious, nextId, queue } from "./player/queue.js";
export * from "./player/state.js";

/** @typedef {typeof import("./player/engine.js")} Engine */

/** @type {Engine | null} */
let engine = null;

/** @returns {Promise<Engine>} */
export const loadEngine = async () => (engine ??= await import("./player/engine.js"));

/** @template {keyof Engine} N @param {N} name @returns {(...args: Parameters<Engine[N]>) => void} */
const command = (name) => (...args) => {
  const run = (/** @type {Engine} */ { [name]: act }) => /** @type {any} */ (act)(...args);
  // At once where it can be: a browser asks which click it was that wants sound.
  if (engine) run(engine);
  else void loadEngine().then(run);
};

export const play = command("play");
export const pause = command("pause");
export const toggle = command("toggle");
export const seek = command("seek");
export const skip = command("skip");
export const setVolume = command("setVolume");
export const toggleMute = command("toggleMute");
export const setRate = command("setRate");
export const next = command("next");
export const previous = command("previous");
export const close = () => engine?.close();

/** Plays a media item. @param {string} id @param {How} [how] */
export async function open(id, how) {
  // The click that asks for it lets a phone's browser play; by the time that the item is known, it has passed.
  if (!isMade()) mediaElement().load();
  await (engine ?? (await loadEngine())).open(id, how);
}
