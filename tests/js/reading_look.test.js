import assert from "node:assert/strict";
import { test } from "node:test";
import { beginsRight, chooseSide, parseComicLook } from "../../static/js/comic_look.js";
import { parseLook, sizeBeside, SIZES } from "../../static/js/reading_look.js";

test("what was remembered is taken, what is no choice is not", () => {
  const look = parseLook('{"paper":"sepia","face":"comic","size":19,"measure":"wide"}');
  assert.deepEqual(look, { paper: "sepia", face: "serif", size: 18, measure: "wide" });
  assert.equal(parseLook("not json").paper, "auto");
  assert.equal(parseLook(null).size, 18);
});

test("sizes go up and down and stop at either end", () => {
  assert.equal(sizeBeside(18, 1), 20);
  assert.equal(sizeBeside(18, -1), 17);
  assert.equal(sizeBeside(SIZES[SIZES.length - 1], 1), SIZES[SIZES.length - 1]);
  assert.equal(sizeBeside(SIZES[0], -1), SIZES[0]);
});

test("a comic begins at the side that its file says until somebody says otherwise", () => {
  assert.equal(beginsRight("one", true), true);
  chooseSide("one", false);
  assert.equal(beginsRight("one", true), false);
  assert.equal(beginsRight("two", false), false);
  chooseSide("one", true);
  assert.equal(beginsRight("one", false), true);
});

test("comics open by the shape of the window until somebody chose", () => {
  assert.deepEqual(parseComicLook(null), { isDouble: null, sides: [] });
  assert.deepEqual(parseComicLook('{"isDouble":false,"sides":[["a",true],["b"],3]}'), { isDouble: false, sides: [["a", true]] });
  assert.deepEqual(parseComicLook("[1"), { isDouble: null, sides: [] });
});
