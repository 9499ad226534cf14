import assert from "node:assert/strict";
import { test } from "node:test";
import { initialOf, isPin, plainCode, readableCode } from "../../static/js/profile_words.js";

test("a generated picture shows the first letter of a name in any script", () => {
  assert.equal(initialOf("anna"), "A");
  assert.equal(initialOf("  élan"), "É");
  assert.equal(initialOf("„Opa“"), "O");
  assert.equal(initialOf("李雷"), "李");
  assert.equal(initialOf("😀"), "😀");
  assert.equal(initialOf(""), "?");
});

test("a code is shown in halves and taken however it was typed", () => {
  assert.equal(readableCode("H4KX79QM"), "H4KX-79QM");
  assert.equal(plainCode(" h4kx-79qm "), "H4KX79QM");
  assert.equal(plainCode("h4kx 79qm and more"), "H4KX79QM");
});

test("a PIN is four to eight digits", () => {
  for (const pin of ["1234", "12345678"]) assert.ok(isPin(pin));
  for (const pin of ["", "123", "123456789", "12a4", "１２３４", " 1234"]) assert.ok(!isPin(pin));
});
