/** What people do with the queue: play next, add, put into another order, take out, shuffle, repeat; each can be taken back. */
import { computed, signal } from "@preact/signals";
import { current, open, queue } from "./player.js";
import { repeat } from "./player/queue.js";
import { nextRepeat, putBehind, shuffled, unshuffled } from "./player/queue_order.js";
import { announce, toast } from "./store.js";
import { t } from "./strings_sound.js";

/** @import { Card } from "./types.js" */

/** The order before it was shuffled, and the order that came of it. */
export const before = signal(/** @type {{ ids: string[], cards: Card[] } | null} */ (null));
/** Somebody else may have brought another queue since. */
export const isShuffled = computed(() => before.value !== null && before.value.cards === queue.value);

/** @param {Card[]} cards @param {string[] | null} ids the order before it was shuffled */
export function putQueue(cards, ids) {
  before.value = ids && { ids, cards };
  queue.value = cards;
  // What was changed since is not undone with it.
  undo.value = null;
}

/** The same queue with other cards in it. @param {Card[]} cards */
const change = (cards) => putQueue(cards, isShuffled.value && before.value ? before.value.ids : null);

/** @param {Card[]} cards @param {{ shuffle?: boolean, at?: string }} [how] */
export function playAll(cards, { shuffle = false, at } = {}) {
  const list = shuffle ? shuffled(cards, null) : cards;
  const first = at ?? list[0]?.id;
  if (first === undefined) return;
  putQueue(list, shuffle ? cards.map((one) => one.id) : null);
  void open(first, { at: 0, queue: list });
}

/** What plays belongs to the queue that is made around it. */
const around = () => (queue.value.length || !current.value ? queue.value : [/** @type {Card} */ (current.value)]);

/** @param {Card[]} cards */
export function playNext(cards) {
  if (!current.value) return playAll(cards);
  change(putBehind(around(), cards, current.value.id));
  toast(t("queue.isNext", { title: cards[0]?.title ?? "", count: cards.length }));
}

/** @param {Card[]} cards */
export function enqueue(cards) {
  if (!current.value) return playAll(cards);
  change(putBehind(around(), cards.filter((one) => one.id !== current.value?.id), null));
  toast(t("queue.isAdded", { title: cards[0]?.title ?? "", count: cards.length }));
}

/** @param {Card[]} cards in their new order @param {Card} moved */
export function reorder(cards, moved) {
  change(cards);
  announce(t("queue.moved", { title: moved.title, position: cards.indexOf(moved) + 1, count: cards.length }));
}

/** @param {Card} card */
export function takeOut(card) {
  undoable(queue.value.filter((one) => one.id !== card.id), t("queue.isOut", { title: card.title }));
}

/** All but what plays. */
export function clearQueue() {
  undoable(queue.value.filter((one) => one.id === current.value?.id), t("queue.isEmpty"));
}

/** What was just taken out, and the way back; it stands in the drawer, beside which nothing else can be reached. */
export const undo = signal(/** @type {{ said: string, run: () => void } | null} */ (null));

/** @param {Card[]} cards @param {string} said */
function undoable(cards, said) {
  const [old, ids] = [queue.value, isShuffled.value && before.value ? before.value.ids : null];
  change(cards);
  undo.value = { said, run: () => putQueue(old, ids) };
}

export function toggleShuffle() {
  if (isShuffled.value && before.value) return putQueue(unshuffled(queue.value, before.value.ids), null);
  putQueue(shuffled(queue.value, current.value?.id ?? null), queue.value.map((one) => one.id));
  return undefined;
}

export const cycleRepeat = () => (repeat.value = nextRepeat(repeat.value));
