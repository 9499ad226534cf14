import assert from "node:assert/strict";
import { test } from "node:test";
import vm from "node:vm";
import { addressBookmark, pageBookmark } from "../../static/js/bookmarklets.js";

const HOME = "https://library.example";

/** Runs a bookmark as a browser does on the page of somebody else. @param {string} bookmark @param {object} page */
const click = (bookmark, page) => vm.runInNewContext(decodeURIComponent(bookmark.replace(/^javascript:/, "")), page);

test("the first bookmark opens the add page with the address", () => {
  /** @type {string[]} */
  const opened = [];
  click(addressBookmark(HOME), {
    open: (/** @type {string} */ to) => opened.push(to),
    location: { href: "https://example.org/watch?v=1&t=2#now" },
    encodeURIComponent,
  });
  assert.deepEqual(opened, [`${HOME}/add?url=https%3A%2F%2Fexample.org%2Fwatch%3Fv%3D1%26t%3D2%23now`]);
});

test("both are one line of an address, whatever stands in their code", () => {
  for (const bookmark of [addressBookmark(HOME), pageBookmark(HOME)]) {
    assert.match(bookmark, /^javascript:void \(/);
    assert.doesNotMatch(bookmark, /[\n"<>]/);
  }
});

test("an origin cannot add code of its own", () => {
  const bookmark = addressBookmark('https://x"),alert(1),("');
  const said = [];
  click(bookmark, { open: (/** @type {string} */ to) => said.push(to), alert: () => said.push("alert"), location: { href: "a" }, encodeURIComponent });
  assert.deepEqual(said, ['https://x"),alert(1),("/add?url=a']);
});

test("the second one still opens the address when the page cannot be packed", async () => {
  const tab = { location: { href: "" } };
  click(pageBookmark(HOME), {
    open: () => tab,
    document: {},
    location: { href: "https://example.org/a" },
    console: { warn() {} },
    encodeURIComponent,
  });
  await new Promise((done) => setImmediate(done));
  assert.equal(tab.location.href, `${HOME}/add?url=https%3A%2F%2Fexample.org%2Fa`);
});
