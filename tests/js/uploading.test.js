import assert from "node:assert/strict";
import { test } from "node:test";
import { filesIn } from "../../static/js/dropped_folders.js";
import { TransferRate } from "../../static/js/transfer_rate.js";
import { forgetUpload, keyOf, recallUpload, rememberUpload } from "../../static/js/upload_memory.js";

/** @returns {any} a storage as browsers have it */
function storage(full = false) {
  /** @type {Map<string, string>} */
  const kept = new Map();
  return {
    getItem: (/** @type {string} */ name) => kept.get(name) ?? null,
    setItem: (/** @type {string} */ name, /** @type {string} */ value) => {
      if (full) throw new Error("QuotaExceededError");
      kept.set(name, value);
    },
  };
}

const film = { name: "a.mkv", size: 5, lastModified: 7 };
const DAY = 86_400_000;

test("the same file in the same folder goes on where it was sent to", () => {
  const place = storage();
  rememberUpload(place, keyOf(film, "x"), "/api/upload/1", 1000);
  assert.equal(recallUpload(place, keyOf({ ...film }, "x"), 1000 + DAY), "/api/upload/1");
  for (const other of [{ ...film, size: 6 }, { ...film, lastModified: 8 }, { ...film, name: "b.mkv" }]) assert.equal(recallUpload(place, keyOf(other, "x"), 1000), null);
  assert.equal(recallUpload(place, keyOf(film, ""), 1000), null);
});

test("what is old or done is forgotten", () => {
  const place = storage();
  rememberUpload(place, "a", "/api/upload/1", 0);
  assert.equal(recallUpload(place, "a", 8 * DAY), null);
  rememberUpload(place, "b", "/api/upload/2");
  forgetUpload(place, "b");
  assert.equal(recallUpload(place, "b"), null);
});

test("a browser that does not remember, or remembers nonsense, is no obstacle", () => {
  const full = storage(true);
  rememberUpload(full, "a", "/api/upload/1");
  assert.equal(recallUpload(full, "a"), null);
  const odd = storage();
  for (const text of ["", "{", "[]", "null", '{"a":null}', '{"a":{"at":9e15}}', "7"]) {
    odd.setItem("uploads", text);
    assert.equal(recallUpload(odd, "a"), null, text);
  }
});

test("speed is that of the last seconds", () => {
  const rate = new TransferRate();
  assert.equal(rate.perSecond, null);
  for (let second = 0; second <= 20; second += 1) rate.add(second * 1000, second < 10 ? 0 : (second - 10) * 1000);
  assert.equal(Math.round(rate.perSecond ?? 0), 1000);
  rate.add(21_000, 500);
  assert.equal(rate.perSecond, null, "it began anew");
});

/** @param {Record<string, any>} tree @returns {any[]} entries as a drop gives them, a hundred at a time */
const entries = (tree) => Object.entries(tree).map(([name, inside]) =>
  inside instanceof Object
    ? { name, isFile: false, isDirectory: true, createReader: () => reader(entries(inside)) }
    : { name, isFile: true, isDirectory: false, file: (/** @type {any} */ give, /** @type {any} */ fail) => (inside === "lost" ? fail(new Error("gone")) : give({ name })) });

/** @param {any[]} all */
function reader(all) {
  let at = 0;
  return { readEntries: (/** @type {any} */ give) => give(all.slice(at, (at += 100))) };
}

test("dropped folders are read to the end, with their paths, without what systems leave behind", async () => {
  const many = Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`${1000 + index}.jpg`, ""]));
  const tree = { Holiday: { "Day 1": many, ".DS_Store": "", "lost.jpg": "lost", __MACOSX: { "x.jpg": "" } }, "film.mkv": "" };
  const found = [];
  for await (const { file, folder } of filesIn(entries(tree))) found.push(`${folder}|${file.name}`);
  assert.equal(found.length, 251);
  assert.ok(found.includes("Holiday/Day 1|1249.jpg"));
  assert.ok(found.includes("|film.mkv"));
});
