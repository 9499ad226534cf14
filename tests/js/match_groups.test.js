import assert from "node:assert/strict";
import { test } from "node:test";
import { grouped, settled, undecided } from "../../static/js/match_groups.js";

const TRACKS = ["certain", "ambiguous", "likely", "none", "ambiguous", "confirmed", "rejected"].map((state, position) => ({ position, state }));
const places = (/** @type {{ position: number }[]} */ tracks) => tracks.map((one) => one.position);

test("what a person confirmed stands with what was certain", () => {
  const groups = grouped(TRACKS);
  assert.deepEqual(places(groups.certain), [0, 5]);
  assert.deepEqual(places(groups.ambiguous), [1, 4]);
  assert.deepEqual(places(groups.rejected), [6]);
});

test("what needs a decision comes in the order of the page, the doubtful first", () => {
  assert.deepEqual(places(undecided(TRACKS)), [1, 4, 2]);
});

test("a rejected match is settled, one that nobody found is not", () => {
  assert.equal(settled(TRACKS), 3);
});
