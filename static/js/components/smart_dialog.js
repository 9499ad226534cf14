/** Makes a smart collection, or changes what one holds. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { isReady, newRule } from "../smart_rule.js";
import { t } from "../strings_lists.js";
import { typed } from "../typed.js";
import { Dialog } from "./dialog.js";
import { Field } from "./field.js";
import { RuleBuilder } from "./rule_builder.js";

/** @import { Rule } from "../smart_rule.js" */

/** @param {{ title?: string, rule?: Rule | null, onSave: (title: string, rule: Rule) => Promise<void>, onClose: () => void }} props */
export function SmartDialog({ title: known = "", rule: before = null, onSave, onClose }) {
  const [title, setTitle] = useState(known);
  const [rule, setRule] = useState(before ?? newRule());
  const [problem, setProblem] = useState(/** @type {string | null} */ (null));
  const [isBusy, setBusy] = useState(false);
  /** @param {Event} event */
  const save = async (event) => {
    event.preventDefault();
    setBusy(true);
    try {
      await onSave(title.trim(), rule);
      onClose();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  };
  return html`<${Dialog} title=${before ? t("smart.edit") : t("smart.new")} onClose=${onClose} kind="wide">
    <form class="dialog__body" onSubmit=${save}>
      <${Field} label=${t("smart.name")} error=${problem}>
        <input class="input" required maxlength="200" value=${title} placeholder=${t("smart.nameHint")} onInput=${typed(setTitle)} />
      <//>
      <${RuleBuilder} rule=${rule} onChange=${setRule} />
      <div class="dialog__foot">
        <button type="submit" class="button button--accent" disabled=${isBusy || !title.trim() || !isReady(rule)}>${before ? t("smart.save") : t("smart.make")}</button>
      </div>
    </form>
  <//>`;
}
