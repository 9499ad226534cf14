import assert from "node:assert/strict";
import { test } from "node:test";
import { ACCEPTED, useOf } from "../../static/js/dropped_files.js";

test("a file is for what its ending says, in any case", () => {
  assert.equal(useOf("My podcasts.OPML"), "podcasts");
  assert.equal(useOf("road.m3u8"), "playlist");
  assert.equal(useOf("The Salt Road.epub"), "book");
});

test("nothing is done with other files", () => {
  for (const name of ["photo.jpg", "epub", "book.epub.exe", "", "x.constructor"]) assert.equal(useOf(name), null, name);
});

test("the file picker offers what can be taken", () => {
  for (const ending of ACCEPTED.split(",")) assert.notEqual(useOf(`a${ending}`), null);
});
