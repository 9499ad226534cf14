/** What comes after what plays now: the queue, or the neighbours of the item in its season or album. */
import { computed, signal } from "@preact/signals";
import { current } from "./state.js";

/** @import { Card } from "../types.js" */

export const queue = signal(/** @type {Card[]} */ ([]));
/** What happens behind the last of the queue, or behind each. */
export const repeat = signal(/** @type {"off" | "all" | "one"} */ ("off"));

const index = computed(() => queue.value.findIndex((card) => card.id === current.value?.id));
const around = computed(() => repeat.value === "all");

/** The medium that "next" and the end lead to. */
export const nextId = computed(() => {
  const queued = index.value >= 0 ? (queue.value[index.value + 1] ?? (around.value ? queue.value[0] : undefined)) : undefined;
  return queued?.id ?? (index.value < 0 ? current.value?.neighbours.next : null) ?? null;
});
export const previousId = computed(() => {
  const queued = index.value > 0 ? queue.value[index.value - 1] : around.value && index.value === 0 ? queue.value.at(-1) : undefined;
  return queued?.id ?? (index.value < 0 ? current.value?.neighbours.previous : null) ?? null;
});
export const hasNext = computed(() => nextId.value !== null);
export const hasPrevious = computed(() => previousId.value !== null);
