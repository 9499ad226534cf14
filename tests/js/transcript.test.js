import assert from "node:assert/strict";
import { test } from "node:test";
import { linesOf } from "../../static/js/transcript.js";

test("a WebVTT file becomes lines with their second and their speaker", () => {
  const text = "WEBVTT\n\nNOTE made for a test\n\n1\n00:00:09.500 --> 00:00:12.000\n<v Mara>Tonight &amp; tomorrow\nwe listen.\n\n01:02:03.000 --> 01:02:04.000 align:start\n<i>Listen.</i>\n";
  assert.deepEqual(linesOf(text), [
    { start: 9, text: "Tonight & tomorrow we listen.", speaker: "Mara" },
    { start: 3723, text: "Listen.", speaker: null },
  ]);
});

test("a short time without hours is understood", () => {
  assert.equal(linesOf("WEBVTT\n\n02:05.000 --> 02:06.000\na")[0]?.start, 125);
});

test("text without times becomes its paragraphs", () => {
  assert.deepEqual(linesOf("One.\r\n\r\nTwo\nlines.\n"), [
    { start: null, text: "One.", speaker: null },
    { start: null, text: "Two\nlines.", speaker: null },
  ]);
});
