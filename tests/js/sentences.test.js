import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { translator } from "../../static/js/sentences.js";

const read = (/** @type {string} */ path) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), "utf-8"));
const german = translator(read("static/js/de/sentences.json"));
/** @type {[string, string][]} */
const CASES = read("tests/fixtures/sentence_cases.json");

test("a sentence of the server is said in the language of its catalogue", () => {
  for (const [english, other] of CASES) assert.equal(german(english), other);
});

test("the more of a sentence is given, the sooner it counts", () => {
  const turn = translator({ all: { "{1}.": "kurz {1}", "The {1} of {2}.": "der {1} von {2}", "The {#1} of {2}.": "{1} Mal {2}" } });
  assert.equal(turn("The end of all."), "der end von all");
  assert.equal(turn("All."), "kurz All");
});

test("a hole for numbers takes nothing else", () => {
  const turn = translator({ all: { "{#1} and {#2}": "{1} und {2}" } });
  assert.equal(turn("2, 3 and 4"), "2, 3 und 4");
  assert.equal(turn("Tom and Jerry"), "Tom and Jerry");
});

/** Milliseconds. @param {() => unknown} act */
function timed(act) {
  const start = performance.now();
  act();
  return performance.now() - start;
}

test("nobody's text keeps the page waiting", () => {
  const hostile = [
    "The ".repeat(2500), "Track ".repeat(1700), "“".repeat(10_000), ": ".repeat(5000), "A. ".repeat(3333), "A. “".repeat(2500),
    "Sign in first. ".repeat(666), "{1} cannot be read: ".repeat(500), " and 1".repeat(1700), "This is ".repeat(1250), "It waits for ".repeat(10),
    "A cannot be read: B. ".repeat(11), "The folder A cannot be read: ".repeat(12), "; ".repeat(1900), "A: B. ".repeat(11), "a: ".repeat(1300),
  ];
  for (const text of hostile) {
    const took = Math.min(...[1, 2, 3, 4, 5].map(() => timed(() => german(text))));
    assert.ok(took < 5, `${took} ms for ${text.slice(0, 30)}`);
  }
});

test("what the server says is shown with said()", () => {
  const folder = new URL("../../static/js/", import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: "utf-8" }).filter((name) => name.endsWith(".js") && !/^(de\/|types)/.test(name));
  assert.ok(files.length > 100);
  const bare = />\$\{[\w.?]+\.(?:reason|review_reason|problem|needed_for)\}|hint">\$\{(?:reason|problem)\}|[?:=] (?:job|drive|loop|episode|tool\.update)\.(?:error|message) \?\?/g;
  const found = files.flatMap((name) => (readFileSync(new URL(name, folder), "utf-8").match(bare) ?? []).map((one) => `${name}: ${one}`));
  assert.deepEqual(found, []);
});
