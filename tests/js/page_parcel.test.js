import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { unpackPage } from "../../static/js/page_parcel.js";

/** @param {string} html */
const pack = (html) => `#page=${gzipSync(html).toString("base64url")}`;

test("a page comes out as it went in", async () => {
  const page = "<html><title>Über Gezeiten 🌊</title><p>a+b/c</p></html>";
  assert.equal(await unpackPage(pack(page)), page);
});

test("an address without a page carries none", async () => {
  assert.equal(await unpackPage(""), null);
  assert.equal(await unpackPage("#t=12"), null);
});

test("a broken parcel is refused", async () => {
  await assert.rejects(unpackPage("#page=%%%"));
  await assert.rejects(unpackPage(`#page=${Buffer.from("not a gzip").toString("base64url")}`));
});

test("a small parcel that would fill the memory is refused before it does", async () => {
  const bomb = gzipSync(Buffer.alloc(300_000_000, "a"));
  const before = process.memoryUsage().rss;
  await assert.rejects(unpackPage(`#page=${bomb.toString("base64url")}`), RangeError);
  assert.ok(process.memoryUsage().rss - before < 150_000_000);
});
