/** Fetches what is known along the time of the film that plays, and leaves out what its viewer never wants to see. */
import { computed, effect, signal } from "@preact/signals";
import { playback } from "../api_playback.js";
import { choices } from "../choices.js";
import { toast } from "../store.js";
import { t } from "../strings_player.js";
import { seek } from "./commands.js";
import { current, file, isAudio, length, playing, position } from "./state.js";
import { markerAt } from "./timeline.js";

/** @import { Timeline } from "./timeline.js" */

const NOTHING = /** @type {Timeline} */ ({ markers: [], trickplay: null });

export const timeline = signal(NOTHING);
/** The part that one may want to leave out just now. */
export const skippable = computed(() => markerAt(timeline.value.markers, position.value, length.value));

/** Parts that were left out by themselves, or watched on purpose: each is left out once. @type {Set<number>} */
let settled = new Set();

effect(() => {
  const id = current.value?.id;
  timeline.value = NOTHING;
  settled = new Set();
  // In another version or part the times are others.
  if (!id || isAudio.value || file.value) return;
  playback.timeline(id).then(
    (found) => {
      if (current.value?.id === id) timeline.value = found;
    },
    // A film without previews is still a film.
    () => undefined,
  );
});

effect(() => {
  const part = skippable.value;
  if (!part || !playing.value || settled.has(part.start)) return;
  settled.add(part.start);
  // The credits belong to the offer of the next episode.
  if (!choices.peek().skip_intros || part.kind === "credits") return;
  queueMicrotask(() => {
    seek(part.end);
    toast(t(`player.skipped.${part.kind}`), { action: t("player.watchIt"), run: () => seek(part.start) });
  });
});

/** Leaves out the part that plays. */
export function skipPart() {
  const part = skippable.value;
  if (part) seek(part.end);
}
