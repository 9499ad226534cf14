/** Takes many things along: a button that asks first. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { Icon } from "../components/icon.js";
import { t } from "../strings_offline.js";
import { canKeep } from "./shelf.js";
import { TakeDialog } from "./take_dialog.js";

/** @param {{ title: string, load: () => Promise<string[]>, text?: string }} props `load` finds the ids of what there is to take */
export function TakeButton({ title, load, text }) {
  const [asks, setAsks] = useState(false);
  if (!canKeep()) return null;
  return html`<button type="button" class="button button--plain" title=${t("offline.takeTitle", { title })} onClick=${() => setAsks(true)}>
      <${Icon} name="smartphone" />${text ?? t("offline.take")}
    </button>
    ${asks && html`<${TakeDialog} title=${title} load=${load} onClose=${() => setAsks(false)} />`}`;
}
