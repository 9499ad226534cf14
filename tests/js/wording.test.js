import assert from "node:assert/strict";
import { test } from "node:test";
import { figures, wording } from "../../static/js/wording.js";

test("numbers are written and counted as each language does, whether the browser is asked or not", () => {
  for (const language of ["en-GB", "de-DE", "ar-EG", "pl-PL", "fa-IR", "fr-FR"]) {
    const { written, category } = figures(language);
    const rules = new Intl.PluralRules(language);
    for (const value of [0, 1, 2, 5, 21, 38, 999, 1000, 9310, 1_234_567, -1, 0.5, 1.5, 999.5]) {
      assert.equal(written(value), value.toLocaleString(language), `${language} ${value}`);
      assert.equal(category(value), rules.select(value), `${language} ${value}`);
    }
  }
});

test("small numbers do not make the browser load what it knows of a language", () => {
  const { NumberFormat, PluralRules } = Intl;
  Object.assign(Intl, { NumberFormat: undefined, PluralRules: undefined });
  try {
    const { t } = wording("en-GB", { "count.films": { one: "{count} film", other: "{count} films" } });
    assert.equal(t(/** @type {any} */ ("count.films"), { count: 1 }), "1 film");
    assert.equal(t(/** @type {any} */ ("count.films"), { count: 999 }), "999 films");
  } finally {
    Object.assign(Intl, { NumberFormat, PluralRules });
  }
});
