import assert from "node:assert/strict";
import test from "node:test";
import { distinct, nextRepeat, putBehind, shuffled, unshuffled } from "../../static/js/player/queue_order.js";

const list = (/** @type {string} */ ids) => [...ids].map((id) => ({ id }));
const ids = (/** @type {{ id: string }[]} */ cards) => cards.map((one) => one.id).join("");

test("what plays next stands right behind what plays, in its own order", () => {
  assert.equal(ids(putBehind(list("abc"), list("xy"), "a")), "axybc");
  assert.equal(ids(putBehind(list("abc"), list("x"), null)), "abcx");
  assert.equal(ids(putBehind([], list("xy"), null)), "xy");
});

test("what is there already moves instead of standing there twice", () => {
  assert.equal(ids(putBehind(list("abcd"), list("d"), "a")), "adbc");
  assert.equal(ids(putBehind(list("abcd"), list("ab"), null)), "cdab");
  assert.equal(ids(putBehind(list("abc"), list("a"), "a")), "abc");
  assert.equal(ids(putBehind(list("abc"), list("xx"), "b")), "abxc");
  assert.equal(ids(distinct(list("abcab"))), "abc");
});

test("a shuffled queue begins with what plays and loses nobody", () => {
  for (let turn = 0; turn < 50; turn += 1) {
    const mixed = ids(shuffled(list("abcdef"), "d"));
    assert.equal(mixed[0], "d");
    assert.equal([...mixed].sort().join(""), "abcdef");
  }
  assert.equal(ids(shuffled(list("abc"), null, () => 0)), "bca");
  assert.deepEqual(shuffled([], null), []);
});

test("every order is as likely as any other", () => {
  /** @type {Record<string, number>} */
  const seen = {};
  for (let turn = 0; turn < 6000; turn += 1) {
    const order = ids(shuffled(list("abc"), null));
    seen[order] = (seen[order] ?? 0) + 1;
  }
  assert.equal(Object.keys(seen).length, 6);
  for (const count of Object.values(seen)) assert.ok(count > 800 && count < 1200, JSON.stringify(seen));
});

test("the order before comes back, without what was taken out and with what came since behind it", () => {
  assert.equal(ids(unshuffled(list("cxab"), ["a", "b", "c"])), "abcx");
  assert.equal(ids(unshuffled(list("ca"), ["a", "b", "c"])), "ac");
});

test("repeat goes round: off, all, one", () => {
  assert.deepEqual([nextRepeat("off"), nextRepeat("all"), nextRepeat("one")], ["all", "one", "off"]);
});
