import "./every_word.js";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { dismissToast, settleToasts, toasts } from "../../static/js/store.js";
import { changeSettings, changeWithUndo, parked, replaced, undoable } from "../../static/js/undoing.js";

beforeEach(settleToasts);

const texts = () => toasts.value.map((one) => one.text);
/** Presses the button of the last message. */
async function takeBack() {
  const last = toasts.value.at(-1);
  assert.ok(last?.action === "Undo" && last.run);
  dismissToast(last.id, { acted: true });
  await last.run();
}

test("a way back is taken once and said", async () => {
  let state = "new";
  undoable("Changed.", () => (state = "old"));
  assert.deepEqual(texts(), ["Changed."]);
  await takeBack();
  assert.equal(state, "old");
  assert.deepEqual(texts(), ["It is as it was."]);
  settleToasts();
});

test("of what the server keeps one state of, only the last change offers a way back", () => {
  undoable("First.", () => undefined, { about: "picture" });
  undoable("Other.", () => undefined);
  undoable("Second.", () => undefined, { about: "picture" });
  assert.deepEqual(texts(), ["Other.", "Second."]);
  void settleToasts();
});

test("a way back that fails says why", async () => {
  undoable("Changed.", () => Promise.reject(new Error("Somebody else has its place.")));
  await takeBack();
  assert.deepEqual(toasts.value.map((one) => [one.text, one.tone]), [["Somebody else has its place.", "bad"]]);
  settleToasts();
});

test("what cannot be brought back is thrown away when the bar leaves, and not before", async () => {
  let there = true;
  let shown = false;
  const ways = { act: async () => { there = false; }, back: () => { shown = true; } };
  parked("It goes.", ways);
  assert.ok(there);
  await takeBack();
  assert.ok(there && shown);
  parked("It goes.", ways);
  settleToasts();
  assert.ok(!there);
});

test("what could not be thrown away is shown again", async () => {
  let shown = false;
  parked("It goes.", { act: () => Promise.reject(new Error("No.")), back: () => { shown = true; } });
  settleToasts();
  await new Promise(setImmediate);
  assert.ok(shown);
  assert.deepEqual(texts(), ["No."]);
  settleToasts();
});

test("a change is sent, and its way back too", async () => {
  /** @type {unknown[]} */
  const sent = [];
  /** @type {unknown[]} */
  const shown = [];
  await changeWithUndo({ a: 2 }, { a: 1 }, { send: async (wish) => sent.push(wish), show: (wish) => shown.push(wish) });
  await takeBack();
  assert.deepEqual(sent, [{ a: 2 }, { a: 1 }]);
  assert.deepEqual(shown, [{ a: 2 }, { a: 1 }]);
  settleToasts();
});

test("a change that is refused is shown as it was and offers no way back", async () => {
  /** @type {unknown[]} */
  const shown = [];
  await changeWithUndo({ a: 2 }, { a: 1 }, { send: () => Promise.reject(new Error("No.")), show: (wish) => shown.push(wish) });
  assert.deepEqual(shown, [{ a: 2 }, { a: 1 }]);
  assert.deepEqual(toasts.value.map((one) => one.action), [null]);
  settleToasts();
});

test("settings go back to the values that a change replaced, and to no others", async () => {
  assert.deepEqual(replaced({ a: 1, b: 2 }, { b: 3 }), { b: 2 });
  let kept = { discs: { a: 1, b: 2 }, other: 5 };
  let shown = kept;
  const send = async (/** @type {any} */ wish) => (kept = { ...kept, discs: { ...kept.discs, ...wish } });
  await changeSettings(kept, "discs", { b: 3 }, { show: (now) => (shown = now), send, label: "Size" });
  assert.deepEqual(texts(), ["“Size” is saved."]);
  assert.deepEqual(shown, { discs: { a: 1, b: 3 }, other: 5 });
  kept = { ...kept, discs: { a: 7, b: 3 } };
  await takeBack();
  assert.deepEqual(kept, { discs: { a: 7, b: 2 }, other: 5 });
  assert.deepEqual(shown, kept);
  settleToasts();
});

test("who signs out can wait until what had to go is gone", async () => {
  let there = true;
  const act = () => new Promise((done) => setTimeout(() => done((there = false)), 5));
  parked("It goes.", { act, back: () => undefined });
  await settleToasts();
  assert.ok(!there && !toasts.value.length);
});
