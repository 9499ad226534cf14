import assert from "node:assert/strict";
import { test } from "node:test";
import { askable, changed, FIELDS, isReady, isWhole, newCondition, newRule, withCondition } from "../../static/js/smart_rule.js";

test("a new rule can be asked for at once", () => {
  assert.ok(isReady(newRule()));
  assert.deepEqual(askable(newRule())?.conditions.length, 2);
});

test("another field begins with its own operator and value; another operator keeps the value", () => {
  const year = changed(newCondition("type"), { field: "year" });
  assert.deepEqual(year, { field: "year", op: "at_least", value: 2000 });
  assert.deepEqual(changed({ ...year, value: 1994 }, { op: "is" }), { field: "year", op: "is", value: 1994 });
  assert.equal(changed(year, { op: "contains" }).op, "at_least");
  for (const field of /** @type {(keyof typeof FIELDS)[]} */ (Object.keys(FIELDS))) assert.ok(FIELDS[field].ops.includes(newCondition(field).op), field);
});

test("what is not finished is left out of the count, and keeps the rule from being saved", () => {
  const rule = { ...newRule(), conditions: [newCondition("genre"), newCondition("year")], limit: 0 };
  assert.equal(isReady(rule), false);
  assert.deepEqual(askable(rule)?.conditions, [newCondition("year")]);
  assert.equal(askable(rule)?.limit, 1);
  assert.equal(askable({ ...rule, conditions: [newCondition("tag")] }), null);
  assert.equal(askable({ ...rule, limit: 5_000 })?.limit, 1000);
  for (const value of ["1994", 19.5, -1, 10_000, Number.NaN]) assert.equal(isWhole({ field: "year", op: "is", value }), false, String(value));
  assert.equal(isWhole({ field: "rating", op: "at_least", value: 7.5 }), true);
  assert.equal(isWhole({ field: "title", op: "contains", value: "  " }), false);
});

test("conditions are changed and dropped without touching the others", () => {
  const rule = newRule();
  const next = withCondition(withCondition(rule, 0, newCondition("tag")), 1, null);
  assert.deepEqual(next.conditions, [newCondition("tag")]);
  assert.equal(rule.conditions.length, 2);
});
