/** On to what comes next, and back: by a button, by a key, by the end of what plays. */
import { seek } from "./commands.js";
import { whenMade } from "./element.js";
import { leadOnBy, open } from "./loading.js";
import { nextId, previousId } from "./queue.js";
import { save } from "./saving.js";
import { advanced, current, file, playing, position, stopsAtEnd } from "./state.js";

/** @typedef {() => boolean | Promise<boolean>} TakesEnd */

export async function next() {
  if (nextId.value) await goOn(nextId.value);
}

export async function previous() {
  if (position.value <= 5 && previousId.value) await goOn(previousId.value);
  else seek(0);
}

/** @param {string} id */
async function goOn(id) {
  advanced.value = id;
  await open(id, { at: current.value?.media_type === "track" ? 0 : null });
}

/** @type {TakesEnd[]} */
const takers = [];

/** Asked in turn at the end of what plays, before the next item is opened; the first that answers true has seen to it. @param {TakesEnd} taker */
export const takeEnd = (taker) => void takers.push(taker);

async function finish() {
  save();
  if (stopsAtEnd.value) {
    stopsAtEnd.value = false;
    playing.value = false;
    return;
  }
  for (const taker of takers) if (await taker()) return;
  if (nextId.value) await next();
  else playing.value = false;
}

/** Goes on with the next part of a film that lies in several files. */
async function playNextPart() {
  const item = current.value;
  if (item?.media_type !== "movie") return false;
  const { nextPart } = await import("../film_parts.js");
  const part = await nextPart(item.id, file.value);
  if (!part || current.value !== item) return false;
  await open(item.id, { at: 0, file: part });
  return true;
}

takeEnd(playNextPart);
leadOnBy({ next, previous });
whenMade((media) => media.addEventListener("ended", finish));
