import assert from "node:assert/strict";
import { test } from "node:test";
import { placeQuote } from "../../static/js/highlight_anchor.js";

/** @param {string} text @param {string} quote @param {number} start */
const found = (text, quote, start) => {
  const span = placeQuote(text, { start, end: start + quote.length, quote });
  return span && text.slice(span.start, span.end);
};

test("words that are where they were are found there, not where they stand again", () => {
  const text = "a fox and a fox and a fox";
  assert.deepEqual(placeQuote(text, { start: 12, end: 17, quote: "fox a" }), { start: 12, end: 17 });
});

test("words that moved are found nearest to where they were", () => {
  const text = "fox …… fox …… fox";
  assert.deepEqual(placeQuote(text, { start: 8, end: 11, quote: "fox" }), { start: 7, end: 10 });
  assert.deepEqual(placeQuote(text, { start: 900, end: 903, quote: "fox" }), { start: 14, end: 17 });
  assert.deepEqual(placeQuote(text, { start: 0, end: 4, quote: "fox " }), { start: 0, end: 4 });
});

test("words are found with other spaces between them", () => {
  assert.equal(found("The quick\n   brown\tfox runs", "quick brown fox", 0), "quick\n   brown\tfox");
  assert.equal(found("The quick brown fox", "quick \n brown", 0), "quick brown");
  assert.equal(found("x".repeat(50) + " quick\u00a0brown", "quick brown", 2000), "quick\u00a0brown");
});

test("words that are gone are nowhere", () => {
  assert.equal(found("The slow brown fox", "quick", 4), null);
  assert.equal(found("", "quick", 0), null);
  assert.equal(found("a  b", "   ", 100), null);
});

test("every place of a long text is found again after something came before it", () => {
  const text = Array.from({ length: 300 }, (_, index) => `Sentence number ${index} says ${index * 7919}.`).join(" ");
  for (let start = 0; start + 40 < text.length; start += 97) {
    const quote = text.slice(start, start + 40);
    const span = placeQuote(`A new beginning. ${text}`, { start, end: start + 40, quote });
    assert.deepEqual(span, { start: start + 17, end: start + 57 });
  }
});
