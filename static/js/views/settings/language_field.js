/** Which languages of a disc are kept: all, none, or a list of codes. */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { Choice } from "../../components/choice.js";
import { Field } from "../../components/field.js";
import { languageNames } from "../../format.js";
import { t } from "../../strings.js";
import { typed } from "../../typed.js";

/** @param {{ label: string, codes: string[], allowNone: boolean, onChange: (codes: string[], label: string) => void }} props
 *    no code means all, the code "none" means none */
export function LanguageField({ label, codes, allowNone, onChange }) {
  const stored = codes.length === 0 ? "all" : codes[0] === "none" ? "none" : "some";
  const [mode, setMode] = useState(stored);
  const kept = stored === "some" ? codes.join(", ") : "";
  const [text, setText] = useState(kept);
  useEffect(() => {
    setMode(stored);
    setText(kept);
  }, [stored, kept]);
  const parsed = text.toLowerCase().split(/[\s,;]+/).filter(Boolean);
  const wrong = parsed.find((code) => !/^[a-z]{3}$/.test(code));

  /** @param {string} next */
  const choose = (next) => {
    setMode(next);
    if (next === "all") onChange([], label);
    else if (next === "none") onChange(["none"], label);
  };
  const keep = () => {
    if (parsed.length && !wrong && parsed.join() !== codes.join()) onChange(parsed, label);
  };
  return html`<div class="language">
    <${Choice}
      label=${label}
      value=${mode}
      options=${[
        { value: "all", label: t("discs.allLanguages") },
        ...(allowNone ? [{ value: "none", label: t("discs.noLanguages") }] : []),
        { value: "some", label: t("discs.someLanguages") },
      ]}
      onChange=${choose}
    />
    ${mode === "some" &&
    html`<${Field}
      label=${t("discs.codes")}
      hint=${parsed.length && !wrong ? languageNames(parsed) : t("discs.codesHint")}
      error=${wrong ? t("discs.codeWrong", { code: wrong }) : null}
    >
      <input
        class="input"
        autocomplete="off"
        autocapitalize="off"
        spellcheck=${false}
        value=${text}
        onInput=${typed(setText)}
        onChange=${keep}
      />
    <//>`}
  </div>`;
}
