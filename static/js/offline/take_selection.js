/** Takes along what is selected in a list. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { t } from "../strings_offline.js";
import { canTake, contentsOf } from "./many.js";
import { TakeDialog } from "./take_dialog.js";

/** @import { Kind } from "../bulk.js" */
/** @import { Children } from "../types.js" */

/** @param {{ kind: Kind, keys: string[], draw: (icon: string, text: string, act: () => void) => Children, onEnd: () => void }} props
 *  `draw` makes an action as the others beside it are */
export function TakeAction({ kind, keys, draw, onEnd }) {
  const [asks, setAsks] = useState(false);
  if (!canTake(kind)) return null;
  return html`${draw("smartphone", t("offline.take"), () => setAsks(true))}
    ${asks && html`<${TakeDialog}
      title=${t("offline.selected", { count: keys.length })}
      load=${() => contentsOf(kind, keys)}
      onTake=${onEnd}
      onClose=${() => setAsks(false)}
    />`}`;
}
