/** The offer of the next episode, and going on by itself. */
import { computed, effect, signal } from "@preact/signals";
import { api } from "../api.js";
import { choices } from "../choices.js";
import { timeline } from "./along.js";
import { offerAt } from "./countdown.js";
import { next, takeEnd } from "./moving.js";
import { nextId } from "./queue.js";
import { current, length, playing, position, stopsAtEnd } from "./state.js";

/** @import { Card } from "../types.js" */

/** The item whose next one was refused. */
const refused = signal(/** @type {string | null} */ (null));
const since = signal(/** @type {number | null} */ (null));
/** It has come to its end and waits for a word. */
export const hasEnded = signal(false);
export const nextCard = signal(/** @type {Card | null} */ (null));

const counts = computed(() => choices.value.autoplay_next && !stopsAtEnd.value && refused.value !== current.value?.id);

/** What stands on the card, null while there is none. */
export const offer = computed(() => {
  const item = current.value;
  if (item?.media_type !== "episode" || nextId.value === null || (refused.value === item.id && !hasEnded.value)) return null;
  if (hasEnded.value) return { left: null };
  return offerAt({ position: position.value, length: length.value, markers: timeline.value.markers, counts: counts.value, since: since.value });
});
const isOffered = computed(() => offer.value !== null);

effect(() => {
  since.value = isOffered.value ? position.peek() : null;
});

effect(() => {
  const id = isOffered.value ? nextId.value : null;
  if (id === null) return void (nextCard.value = null);
  // Without the card's words there is still the button.
  api.media(id).then((card) => id === nextId.value && (nextCard.value = card), () => undefined);
  return undefined;
});

effect(() => {
  if (offer.value?.left === 0 && playing.value) queueMicrotask(() => void next());
});

effect(() => {
  if (!current.value) return;
  hasEnded.value = false;
  refused.value = null;
});

/** Not now: what plays may end in peace, and then waits. */
export const refuse = () => (refused.value = current.value?.id ?? null);

takeEnd(() => {
  if (current.value?.media_type !== "episode" || nextId.value === null || counts.value) return false;
  playing.value = false;
  hasEnded.value = true;
  return true;
});
