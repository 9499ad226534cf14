import assert from "node:assert/strict";
import { test } from "node:test";
import { LongList } from "../../static/js/long_list.js";

const SIZE = 10;

/** A server with so many numbers. @param {number} many */
function server(many) {
  const calls = /** @type {(string | null)[]} */ ([]);
  /** @param {string | null} cursor */
  const load = async (cursor) => {
    calls.push(cursor);
    const start = cursor === null ? 0 : Number(cursor);
    const items = Array.from({ length: Math.min(SIZE, many - start) }, (_, index) => start + index);
    return { items, count: many, next: start + SIZE < many ? String(start + SIZE) : null };
  };
  const index = async () => ({
    count: many,
    letters: [{ letter: "A", index: 0 }],
    marks: Array.from({ length: Math.max(0, Math.ceil(many / SIZE) - 1) }, (_, number) => String((number + 1) * SIZE)),
  });
  return { calls, load, index };
}

/** @param {LongList<number>} list */
async function quiet(list) {
  for (let turn = 0; turn < 200; turn += 1) await new Promise((done) => setImmediate(done));
  assert.equal(list.coming.size, 0);
}

test("a short list is one page and asks for no index", async () => {
  const { calls, load } = server(7);
  let asked = 0;
  const list = new LongList(load, async () => ((asked += 1), { count: 7, letters: [], marks: [] }), SIZE);
  list.pump();
  await quiet(list);
  assert.deepEqual([list.count, list.at(6), list.at(7), asked, calls.length], [7, 6, undefined, 0, 1]);
});

test("any place of a long list is reached by one page, and what is far away is forgotten", async () => {
  const { calls, load, index } = server(100_000);
  const list = new LongList(load, index, SIZE);
  list.pump();
  await quiet(list);
  for (const place of [0, 99_990, 50_000, 12_345, 77_777]) {
    list.want(place, place + 25);
    await quiet(list);
    assert.equal(list.at(place), place);
    assert.equal(list.at(Math.min(99_999, place + 25)), Math.min(99_999, place + 25));
  }
  for (let place = 0; place < 5_000; place += 40) {
    list.want(place, place + 40);
    await quiet(list);
  }
  assert.ok(list.pages.size <= 12, String(list.pages.size));
  assert.ok(calls.length < 1_000);
});

test("without an index it goes on page by page", async () => {
  const { load } = server(95);
  const list = new LongList(load, null, SIZE);
  list.pump();
  await quiet(list);
  list.want(60, 75);
  await quiet(list);
  assert.deepEqual([list.at(60), list.at(75), list.count], [60, 75, 95]);
});

test("a change keeps what is seen until it comes anew", async () => {
  let many = 300;
  const list = new LongList((cursor) => server(many).load(cursor), () => server(many).index(), SIZE);
  list.pump();
  await quiet(list);
  list.want(100, 120);
  await quiet(list);
  many = 250;
  list.refresh();
  assert.equal(list.at(105), 105);
  await quiet(list);
  assert.deepEqual([list.count, list.at(105)], [250, 105]);
});

test("an error stops it until somebody tries again", async () => {
  let isBroken = true;
  const { load, index } = server(50);
  const list = new LongList(async (cursor) => (isBroken ? Promise.reject(new Error("no answer")) : load(cursor)), index, SIZE);
  list.pump();
  await quiet(list);
  assert.equal(list.error?.message, "no answer");
  isBroken = false;
  list.retry();
  await quiet(list);
  assert.deepEqual([list.error, list.at(3)], [null, 3]);
});

test("an empty list fills when it is asked for again", async () => {
  let items = [];
  const list = new LongList(async () => ({ items, count: items.length, next: null }), null, 10);
  list.pump();
  await new Promise((done) => setTimeout(done));
  assert.equal(list.count, 0);
  items = ["a"];
  list.refresh();
  await new Promise((done) => setTimeout(done));
  assert.equal(list.count, 1);
  assert.equal(list.at(0), "a");
});
