/** What is known of media whose files are gone. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { shelves } from "../../api_library.js";
import { Icon } from "../../components/icon.js";
import { IconButton } from "../../components/icon_button.js";
import { MoreBelow } from "../../components/more_below.js";
import { date } from "../../format.js";
import { useKeyset } from "../../keyset.js";
import { useLeaving } from "../../leaving.js";
import { libraryRevision } from "../../store.js";
import { t } from "../../strings_library.js";
import { shownPath } from "../../work_words.js";
import { Panel } from "./frame.js";

/** @import { MissingMedia } from "../../types_library.js" */

/** How many stand there before one asks for all. */
const FIRST = 5;

export function MissingPanel() {
  const list = useKeyset("missing", (cursor, signal) => shelves.missing({ cursor, limit: 50 }, { signal }), libraryRevision.value);
  const [open, setOpen] = useState(false);
  const leaving = useLeaving();
  const known = list.page?.items ?? [];
  const items = known.filter((one) => !leaving.has(one.id));
  if (!items.length) return null;
  /** @param {MissingMedia} one */
  const forget = ({ id, title }) => leaving.park(id, t("missing.forgotten", { title }), () => shelves.forgetMissing(id), () => undefined);
  const count = (list.page?.count ?? 0) - (known.length - items.length);
  return html`<${Panel} title=${t("missing.title")} note=${t("missing.note", { count })}>
    <ul class="rows">${items.slice(0, open ? undefined : FIRST).map((one) => html`<li key=${one.id} class="row">
      <${Icon} name="file-warning" />
      <span class="row__words">
        <span class="row__title">${one.title}</span>
        <span class="row__sub library__path">${shownPath(one.path)}</span>
        <span class="row__sub">${t("missing.since", { date: date(one.missing_since) })}</span>
      </span>
      <${IconButton} icon="x" label=${t("missing.forget", { title: one.title })} onClick=${() => forget(one)} />
    </li>`)}</ul>
    ${!open && count > FIRST && html`<button
      type="button"
      class="button button--plain"
      onClick=${() => setOpen(true)}
    >${t("missing.show")}</button>`}
    ${open && list.page?.next && html`<${MoreBelow} onMore=${list.more} length=${items.length} />`}
  <//>`;
}
