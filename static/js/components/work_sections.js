/** What belongs to a film or an episode: who made it, its extras, its saga, its files. */
import { html } from "htm/preact";
import { reading } from "../api_reading.js";
import { duration } from "../format.js";
import { useResource } from "../resource.js";
import { collectionRevision } from "../store.js";
import { t } from "../strings_works.js";
import { joinDots } from "../words.js";
import { extraName } from "../work_words.js";
import { Card } from "./card.js";
import { CastShelf } from "./cast_shelf.js";
import { FileList } from "./file_list.js";
import { SagaCard } from "./saga_card.js";
import { Shelf } from "./shelf.js";

/** @import { Saga, Work } from "../types_works.js" */

/** @param {{ work: Work, here: string }} props `here` is the medium of the page */
export function WorkSections({ work, here }) {
  // One file, which the facts name already, is no list.
  const files = work.files.length > 1 ? work.files : [];
  return html`
    <${CastShelf} cast=${work.cast} crew=${work.crew} />
    ${work.extras.length > 0 && html`<${Shelf} title=${t("work.extras")} shape="wide">
      ${work.extras.map((extra) => html`<li key=${extra.id}><${Card}
        card=${extra}
        shape="wide"
        href=${`/play/${extra.id}`}
        title=${extra.title}
        subtitle=${joinDots([extraName(extra.extra_kind), extra.duration > 0 && duration(extra.duration)])}
      /></li>`)}
    <//>`}
    ${work.saga && html`<${SagaShelf} saga=${work.saga} here=${here} />`}
    ${files.length > 0 && html`<section class="section">
      <h2 class="section__head">${t("work.files")}</h2>
      <${FileList} files=${files} media=${here} />
    </section>`}`;
}

/** The other films of its saga, those that are not here greyed. @param {{ saga: Saga, here: string }} props */
function SagaShelf({ saga, here }) {
  const list = useResource(`entries:${saga.collection_id}`, (options) => reading.entries(saga.collection_id, options), collectionRevision.value);
  const others = (list.value?.items ?? []).filter((entry) => entry.media?.id !== here);
  if (!others.length) return null;
  return html`<${Shelf} title=${saga.title} more=${`/collections/${saga.collection_id}`}>
    ${others.map((entry) => html`<li key=${entry.id}><${SagaCard} entry=${entry} /></li>`)}
  <//>`;
}
