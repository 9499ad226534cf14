import assert from "node:assert/strict";
import { test } from "node:test";
import { nextPause } from "../../static/js/sign_in_code.js";

test("a screen asks less and less often, and much less when nobody answers", () => {
  let pause = 2000;
  const pauses = Array.from({ length: 30 }, () => (pause = nextPause(pause, 0)));
  assert.ok(pauses.every((one, at) => at === 0 || one >= pauses[at - 1]));
  assert.equal(pauses.at(-1), 6000);
  assert.equal(nextPause(2000, 1), 4000);
  assert.ok(pauses.length * 6000 > 0 && 600_000 / 6000 <= 100, "a hundred questions for a code at most, about");
});
