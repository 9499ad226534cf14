/** Narrows a shelf to one genre or tag, kept in the address. */
import { html } from "htm/preact";
import { works } from "../api_works.js";
import { number } from "../format.js";
import { useResource } from "../resource.js";
import { navigate, place } from "../router.js";
import { libraryRevision } from "../store.js";
import { t } from "../strings.js";
import { typed } from "../typed.js";
import { Icon } from "./icon.js";

/** @import { Counted } from "../types_works.js" */

/** @returns {{ genre?: string, tag?: string }} what the address asks for */
export function currentNarrowing() {
  const { query } = place.value;
  const genre = query.get("genre");
  const tag = query.get("tag");
  return { ...(genre ? { genre } : {}), ...(tag && !genre ? { tag } : {}) };
}

/** @param {{ type: "movie" | "show" | "album" }} props */
export function ShelfFilter({ type }) {
  const known = useResource(`genres:${type}`, (options) => works.genres(type, options), libraryRevision.value);
  const only = currentNarrowing();
  const genres = withChosen(known.value?.genres ?? [], only.genre);
  const tags = withChosen(known.value?.tags ?? [], only.tag);
  if (!genres.length && !tags.length) return null;
  const now = only.genre ? `genre:${only.genre}` : only.tag ? `tag:${only.tag}` : "";
  /** @param {string} choice "genre:Drama", "tag:Rainy day" or "" */
  const choose = (choice) => {
    const query = new URLSearchParams(place.value.query);
    query.delete("genre");
    query.delete("tag");
    const cut = choice.indexOf(":");
    if (cut > 0) query.set(choice.slice(0, cut), choice.slice(cut + 1));
    navigate([place.value.path, query.toString()].filter(Boolean).join("?"), { replace: true, keepFocus: true });
  };
  /** @param {"genre" | "tag"} kind @param {Counted[]} some */
  const options = (kind, some) => some.map(({ name, count }) => html`<option
    key=${name}
    value=${`${kind}:${name}`}
    selected=${now === `${kind}:${name}`}
  >${count ? `${name} (${number(count)})` : name}</option>`);
  return html`<label class=${`select select--bare ${now ? "select--on" : ""}`}>
    <span class="unseen">${t("filter.label")}</span>
    <select class="select__input" value=${now} onChange=${typed(choose)}>
      <option value="" selected=${!now}>${t("filter.all")}</option>
      ${genres.length > 0 && html`<optgroup label=${t("filter.genres")}>${options("genre", genres)}</optgroup>`}
      ${tags.length > 0 && html`<optgroup label=${t("filter.tags")}>${options("tag", tags)}</optgroup>`}
    </select>
    <${Icon} name="chevron-down" />
  </label>`;
}

/** What is chosen can be chosen, even when nothing has it any more. @param {Counted[]} some @param {string | undefined} name @returns {Counted[]} */
const withChosen = (some, name) => (!name || some.some((one) => one.name === name) ? some : [...some, { name, count: 0 }]);
