/** When the next episode is offered. */
import { computed } from "@preact/signals";
import { hasNext } from "./queue.js";
import { current, length, position } from "./state.js";

/** "Next episode" is offered for the last seconds of one that is long enough to have an end. */
const OFFER_NEXT = 25;

export const offersNext = computed(() => {
  const left = length.value - position.value;
  const isNearEnd = length.value > 2 * OFFER_NEXT && left > 0 && left < OFFER_NEXT;
  return isNearEnd && hasNext.value && current.value?.media_type === "episode";
});
