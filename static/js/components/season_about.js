/** What is known of a season: its poster, its name, what it is about; and a poster of one's own. */
import { html } from "htm/preact";
import { useRef } from "preact/hooks";
import { seasonImage, works } from "../api_works.js";
import { libraryRevision, mayRip, toastError } from "../store.js";
import { t } from "../strings_works.js";
import { undoable } from "../undoing.js";
import { dayText } from "../work_words.js";
import { joinDots } from "../words.js";
import { Cover } from "./cover.js";
import { LongText } from "./long_text.js";
import { Popover, PopoverAction } from "./popover.js";

/** @import { SeasonHere, Show } from "../types.js" */

const MOST_BYTES = 30 * 1024 * 1024;

/** @param {{ show: Show, season: SeasonHere, label: string }} props `label` is what the season goes by, such as "Season 2" */
export function SeasonAbout({ show, season: { season, title, overview, aired_on, poster, episodes }, label }) {
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  if (season === null) return null;
  const own = title && title !== label && !/^season \d+$|^staffel \d+$/i.test(title) ? title : null;
  if (!poster && !overview && !own && !mayRip.value) return null;
  const changed = () => {
    libraryRevision.value += 1;
  };
  /** @param {() => Promise<unknown>} act @param {string} text */
  const change = async (act, text) => {
    try {
      await act();
    } catch (error) {
      return toastError(error);
    }
    changed();
    undoable(text, async () => {
      await works.bringSeasonPosterBack(show.key, season);
      changed();
    }, { about: `season:${show.key}:${season}` });
  };
  /** @param {File | undefined} file */
  const take = (file) => {
    if (!file) return;
    if (!/^image\//.test(file.type)) return toastError(new Error(t("artwork.wrong")));
    if (file.size > MOST_BYTES) return toastError(new Error(t("artwork.tooLarge")));
    void change(() => works.addSeasonPoster(show.key, season, file), t("artwork.saved"));
  };
  const facts = joinDots([t("count.episodes", { count: episodes.length }), aired_on && dayText(aired_on)]);
  return html`<div class="season">
    ${poster && html`<div class="season__poster"><${Cover}
      id=${null}
      title=${label}
      hue=${show.hue}
      artwork=${{ ...show.artwork, placeholder: poster.placeholder }}
      shape="poster"
      picture=${`${seasonImage(show.key, season)}?width=342&v=${poster.version}`}
    /></div>`}
    <div class="season__words">
      <div class="season__head">
        <h2 class="season__title">${own ?? label}</h2>
        ${mayRip.value && html`<${Popover} icon="ellipsis" label=${t("season.more", { season: label })}>
          ${(/** @type {() => void} */ close) => html`
            <${PopoverAction} icon="image" text=${t("season.ownPoster")} onClick=${() => {
              close();
              input.current?.click();
            }} />
            ${poster && html`<${PopoverAction} icon="trash-2" text=${t("season.noPoster")} onClick=${() => {
              close();
              void change(() => works.removeSeasonPoster(show.key, season), t("season.posterRemoved"));
            }} />`}`}
        <//>
        <input
          ref=${input}
          class="unseen"
          type="file"
          accept="image/*"
          tabindex="-1"
          aria-label=${t("season.ownPosterOf", { season: label })}
          onChange=${(/** @type {any} */ event) => {
            take(event.target.files[0]);
            event.target.value = "";
          }}
        />`}
      </div>
      <p class="season__facts">${facts}</p>
      ${overview && html`<${LongText} key=${season} text=${overview} />`}
    </div>
  </div>`;
}
