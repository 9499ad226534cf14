/** What narrows a shelf: a panel with what there is to choose from, and a chip for each wish that is on. */
import { html } from "htm/preact";
import { lists } from "../api_lists.js";
import { works } from "../api_works.js";
import { number } from "../format.js";
import { wishing, wishless } from "../list_query.js";
import { useResource } from "../resource.js";
import { navigate, place } from "../router.js";
import { libraryRevision } from "../store.js";
import { t } from "../strings_lists.js";
import { typed } from "../typed.js";
import { Icon } from "./icon.js";
import { Popover } from "./popover.js";

/** @import { Standing, Wishes } from "../list_query.js" */
/** @typedef {{ value: string, label: string, count?: number }} Option */
/** @typedef {{ work: "movie" | "show" | "album" | null, type: string, isPicture: boolean, isText?: boolean }} Narrowable
 *    of what the genres are, of which type the items, whether they have a picture, and whether they are read */

const STANDINGS = /** @type {const} */ (["unfinished", "began", "finished"]);
const DAYS = [1, 7, 30, 90, 365];

/** @param {keyof Wishes} name @param {string | number | boolean | null} value */
const choose = (name, value) => {
  const query = wishing(place.value.query, name, value).toString();
  navigate(query ? `${place.value.path}?${query}` : place.value.path, { replace: true, keepFocus: true });
};
const clear = () => {
  const query = wishless(place.value.query).toString();
  navigate(query ? `${place.value.path}?${query}` : place.value.path, { replace: true, keepFocus: true });
};

/** @param {{ of: Narrowable, wishes: Wishes }} props */
export function ListFilter({ of, wishes }) {
  const count = Object.keys(wishes).length;
  return html`<${Popover}
    icon="sliders-horizontal"
    label=${count ? t("narrow.on", { count }) : t("narrow.label")}
    text=${count ? `${t("narrow.label")} · ${number(count)}` : t("narrow.label")}
    class=${`button narrow__open ${count ? "narrow__open--on" : ""}`}
  ><${Panel} of=${of} wishes=${wishes} /><//>`;
}

/** @param {{ of: Narrowable, wishes: Wishes }} props */
function Panel({ of, wishes }) {
  const { work, type, isPicture, isText } = of;
  const tags = useResource(`genres:${work}`, (options) => (work ? works.genres(work, options) : Promise.resolve({ genres: [], tags: [] })), libraryRevision.value);
  const facets = useResource(`facets:${type}`, (options) => lists.facets({ type }, options), libraryRevision.value);
  /** @param {{ name: string, count: number }[] | undefined} some @param {(name: string) => string} [label] @returns {Option[]} */
  const named = (some, label = (name) => name) => (some ?? []).map(({ name, count }) => ({ value: name, label: label(name), count }));
  const decades = (facets.value?.decades ?? []).map(({ decade, count }) => ({ value: String(decade), label: decadeName(decade), count }));
  return html`<div class="narrow">
    <${Pick} name="standing" any=${t("narrow.standing.all")} value=${wishes.standing} options=${STANDINGS.map((one) => ({ value: one, label: standingName(one, isText) }))} />
    <${Pick} name="genre" value=${wishes.genre} options=${named(tags.value?.genres)} />
    <${Pick} name="tag" value=${wishes.tag} options=${named(tags.value?.tags)} />
    <${Pick} name="decade" value=${wishes.decade} options=${decades} />
    <${Pick} name="language" value=${wishes.language} options=${named(facets.value?.languages, languageName)} />
    ${isPicture && html`<${Pick} name="resolution" value=${wishes.resolution} options=${named(facets.value?.resolutions, (name) => t(`narrow.resolution.${/** @type {"sd"} */ (name)}`))} />`}
    <${Pick} name="days" value=${wishes.days} options=${DAYS.map((one) => ({ value: String(one), label: t("narrow.days.of", { count: one }) }))} />
    ${isPicture && ((facets.value?.hdr ?? 0) > 0 || wishes.hdr) && html`<${Tick} name="hdr" value=${wishes.hdr} />`}
    ${((facets.value?.review ?? 0) > 0 || wishes.review) && html`<${Tick} name="review" value=${wishes.review} />`}
    ${Object.keys(wishes).length > 0 && html`<button type="button" class="button" onClick=${clear}>${t("narrow.clear")}</button>`}
  </div>`;
}

/** @param {{ name: "standing" | "genre" | "tag" | "decade" | "language" | "resolution" | "days", value: string | number | undefined, options: Option[], any?: string }} props */
function Pick({ name, value, options, any = t("narrow.any") }) {
  const now = value === undefined ? "" : String(value);
  if (!options.length && !now) return null;
  const shown = now && !options.some((one) => one.value === now) ? [...options, { value: now, label: nameOf(name, now) }] : options;
  return html`<label class="narrow__row">
    <span class="narrow__name">${t(`narrow.${name}`)}</span>
    <span class="select">
      <select class="select__input" value=${now} onChange=${typed((text) => choose(name, text))}>
        <option value="" selected=${!now}>${any}</option>
        ${shown.map((one) => html`<option key=${one.value} value=${one.value} selected=${one.value === now}>
          ${"count" in one && one.count ? `${one.label} (${number(one.count)})` : one.label}
        </option>`)}
      </select>
      <${Icon} name="chevron-down" />
    </span>
  </label>`;
}

/** @param {{ name: "hdr" | "review", value: true | undefined }} props */
function Tick({ name, value }) {
  return html`<label class="narrow__row narrow__row--tick">
    <input type="checkbox" checked=${value === true} onChange=${(/** @type {any} */ event) => choose(name, event.target.checked)} />
    <span>${t(`narrow.${name}`)}</span>
  </label>`;
}

/** The wishes that are on, each with a way to drop it. @param {{ wishes: Wishes, isText?: boolean }} props */
export function WishChips({ wishes, isText }) {
  const entries = /** @type {[keyof Wishes, string | number | true][]} */ (Object.entries(wishes));
  if (!entries.length) return null;
  return html`<ul class="chips-row">
    ${entries.map(([name, value]) => {
      const text = name === "standing" ? standingName(/** @type {Standing} */ (value), isText) : nameOf(name, String(value));
      return html`<li key=${name}><button
        type="button"
        class="chip chip--drop"
        aria-label=${t("narrow.without", { name: text })}
        onClick=${() => choose(name, null)}
      >${text}<${Icon} name="x" /></button></li>`;
    })}
  </ul>`;
}

/** What is read was not watched. @param {Standing} standing @param {boolean} [isText] */
const standingName = (standing, isText) => t(isText && standing !== "began" ? `narrow.reading.${standing}` : `narrow.standing.${standing}`);

/** @param {keyof Wishes} name @param {string} value */
function nameOf(name, value) {
  if (name === "resolution") return t(`narrow.resolution.${/** @type {"sd"} */ (value)}`);
  if (name === "decade") return decadeName(Number(value));
  if (name === "language") return languageName(value);
  if (name === "days") return `${t("narrow.days")} ${t("narrow.days.of", { count: Number(value) })}`;
  if (name === "hdr" || name === "review") return t(`narrow.${name}`);
  return value;
}

/** @param {number} decade */
const decadeName = (decade) => t("narrow.decadeOf", { year: String(decade) });

/** The name of a language code in the reader's language. @param {string} code */
export function languageName(code) {
  try {
    return new Intl.DisplayNames(document.documentElement.lang || "en", { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}
