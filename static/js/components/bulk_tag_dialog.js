/** Asks for the tag that everything selected shall have. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { works } from "../api_works.js";
import { useResource } from "../resource.js";
import { t } from "../strings_lists.js";
import { typed } from "../typed.js";
import { Dialog } from "./dialog.js";
import { Field } from "./field.js";

/** @param {{ onSave: (tag: string) => void, onClose: () => void }} props */
export function BulkTagDialog({ onSave, onClose }) {
  const [tag, setTag] = useState("");
  const known = useResource("tags:all", (options) => works.genres(null, options));
  /** @param {Event} event */
  const save = (event) => {
    event.preventDefault();
    onClose();
    onSave(tag.trim());
  };
  return html`<${Dialog} title=${t("bulk.tagTitle")} onClose=${onClose}>
    <form class="dialog__body" onSubmit=${save}>
      <${Field} label=${t("bulk.tagLabel")} hint=${t("bulk.tagHint")}>
        <input class="input" list="known-tags" required maxlength="60" pattern="[^,]*[^, ][^,]*" value=${tag} onInput=${typed(setTag)} />
      <//>
      <datalist id="known-tags">${(known.value?.tags ?? []).map(({ name }) => html`<option key=${name} value=${name} />`)}</datalist>
      <div class="dialog__foot"><button type="submit" class="button button--accent" disabled=${!tag.trim()}>${t("bulk.tagAction")}</button></div>
    </form>
  <//>`;
}
