/** Who played in it and who made it. */
import { html } from "htm/preact";
import { t } from "../strings_works.js";
import { byJob, jobName } from "../work_words.js";
import { Facts } from "./facts.js";
import { PersonCard } from "./person_card.js";
import { Shelf } from "./shelf.js";

/** @import { Children } from "../types.js" */
/** @import { Credit } from "../types_works.js" */

/** @param {{ cast: Credit[], crew: Credit[], facts?: [string, Children][] }} props `facts` stand below who made it */
export function CastShelf({ cast, crew, facts = [] }) {
  const told = [...byJob(crew).map(([job, persons]) => /** @type {[string, Children]} */ ([job ? jobName(job) : t("work.crew"), html`<${Names} persons=${persons} />`])), ...facts].filter(([, value]) => value);
  return html`
    ${cast.length > 0 && html`<${Shelf} title=${t("work.cast")} shape="square">
      ${cast.map((one, index) => html`<li key=${`${one.person_id}:${index}`}><${PersonCard}
        id=${one.person_id}
        name=${one.name}
        hue=${one.hue}
        hasPortrait=${one.has_portrait}
        note=${one.character}
      /></li>`)}
    <//>`}
    ${told.length > 0 && html`<section class="section crew" aria-label=${t("work.crew")}>
      <${Facts} facts=${told} />
    </section>`}`;
}

/** @param {{ persons: Credit[] }} props */
function Names({ persons }) {
  return persons.map((one, index) => html`<span key=${one.person_id}>${index > 0 && ", "}<a class="text-link" href=${`/persons/${encodeURIComponent(one.person_id)}`}>${one.name}</a></span>`);
}
