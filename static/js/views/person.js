/** One person and everything of theirs in the library. */
import { html } from "htm/preact";
import { works } from "../api_works.js";
import { Backdrop } from "../components/backdrop.js";
import { Card } from "../components/card.js";
import { ErrorState } from "../components/error_state.js";
import { GroupCard } from "../components/group_card.js";
import { LongText } from "../components/long_text.js";
import { Portrait } from "../components/person_card.js";
import { PageSkeleton } from "../components/skeleton.js";
import { usePageTitle } from "../page_title.js";
import { useResource } from "../resource.js";
import { place } from "../router.js";
import { libraryRevision } from "../store.js";
import { t } from "../strings_works.js";
import { joinDots } from "../words.js";
import { byWork, dayText, yearsBetween } from "../work_words.js";

/** @import { PersonPage, PersonWork } from "../types_works.js" */

export function PersonView() {
  const id = place.value.params.id ?? "";
  const resource = useResource(`person:${id}`, (options) => works.person(id, options), libraryRevision.value);
  usePageTitle(resource.value?.name);
  if (resource.error && !resource.value) return html`<${ErrorState} error=${resource.error} onRetry=${resource.reload} />`;
  if (!resource.value) return html`<${PageSkeleton} />`;
  const person = resource.value;
  const cast = person.works.filter((one) => one.role === "cast");
  const crew = person.works.filter((one) => one.role !== "cast");
  return html`<article class="detail">
    <${Backdrop} id=${null} hue=${person.hue} still=${false} />
    <div class="detail__head">
      <div class="detail__cover"><${Portrait} id=${person.id} name=${person.name} hue=${person.hue} hasPortrait=${person.has_portrait} width=${780} /></div>
      <div class="detail__words">
        <h1 class="detail__title">${person.name}</h1>
        <p class="detail__meta">${lifeOf(person).map((fact) => html`<span key=${fact}>${fact}</span>`)}</p>
        ${person.overview && html`<${LongText} text=${person.overview} />`}
      </div>
    </div>
    ${!person.works.length && html`<p class="section form__note">${t("person.none", { name: person.name })}</p>`}
    <${Works} title=${t("person.cast")} works=${cast} />
    <${Works} title=${t("person.crew")} works=${crew} />
  </article>`;
}

/** @param {{ title: string, works: PersonWork[] }} props */
function Works({ title, works: some }) {
  if (!some.length) return null;
  return html`<section class="section">
    <h2 class="section__head">${title}</h2>
    <ul class="wall">
      ${byWork(some).map(({ card, group, parts }) => html`<li key=${card?.id ?? group?.key}>${card
        ? html`<${Card} card=${card} subtitle=${joinDots([card.year, ...parts])} />`
        : html`<${GroupCard} group=${group} subtitle=${joinDots([group?.year, ...parts])} />`}</li>`)}
    </ul>
  </section>`;
}

/** "Born 3 Mar 1960, 66 years old" @param {PersonPage} person @returns {string[]} */
function lifeOf({ born_on: born, died_on: died }) {
  const today = new Date().toISOString().slice(0, 10);
  const known = [
    born && (died || born.length < 10 ? t("person.born", { day: dayText(born) }) : t("person.bornAge", { day: dayText(born), age: yearsBetween(born, today) })),
    died && (born && died.length === 10 && born.length === 10
      ? t("person.diedAge", { day: dayText(died), age: yearsBetween(born, died) })
      : t("person.died", { day: dayText(died) })),
  ];
  return known.flatMap((fact) => fact || []);
}
