/** One track that a list names, beside what the library has. */
import { html } from "htm/preact";
import { percent } from "../format.js";
import { t } from "../strings.js";
import { join, joinDots } from "../words.js";
import { Cover } from "./cover.js";
import { Icon } from "./icon.js";

/** @import { Candidate, PlaylistTrack } from "../types_reading.js" */

/**
 * @param {{ track: PlaylistTrack, isHere: boolean, onChoose: (media: string | null) => void, onFocus: () => void }} props
 *   `isHere` when the keys work on this one
 */
export function MatchCard({ track, isHere, onChoose, onFocus }) {
  return html`<li class=${`match ${isHere ? "match--here" : ""}`} data-position=${track.position} tabindex="-1" onFocusIn=${onFocus}>
    <div class="match__wanted">
      <span class="match__label">${t("match.wanted")}</span>
      <span class="match__title">${track.title}</span>
      <span class="match__sub">${join([track.artist, track.album])}</span>
    </div>
    <div class="match__found">
      <span class="match__label">${t("match.yours")}</span>
      <ol class="match__candidates">
        ${track.candidates.map((candidate, index) => html`<li key=${candidate.media_id}><button
          type="button"
          class="candidate"
          onClick=${() => onChoose(candidate.media_id)}
        >
          <kbd class="candidate__key" aria-hidden="true">${index + 1}</kbd>
          <${CandidateWords} candidate=${candidate} />
          <span class="candidate__action"><${Icon} name="check" /><span class="unseen">${t("match.confirm")}</span></span>
        </button></li>`)}
      </ol>
      <button
        type="button"
        class="button button--plain match__no"
        onClick=${() => onChoose(null)}
      ><${Icon} name="x" />${t("match.reject")}</button>
    </div>
  </li>`;
}

/** @param {{ candidate: Candidate }} props */
export function CandidateWords({ candidate }) {
  const alike = candidate.score > 0 && t("match.score", { percent: percent(candidate.score) });
  return html`
    <span class="candidate__art"><${Cover}
      id=${candidate.media_id}
      title=""
      hue=${hueOf(candidate.album ?? candidate.media_id)}
      artwork=${NO_ARTWORK}
      shape="square"
    /></span>
    <span class="candidate__words">
      <span class="candidate__title">${candidate.title}</span>
      <span class="candidate__sub">${joinDots([join([candidate.artist, candidate.album]), alike])}</span>
    </span>
  `;
}

const NO_ARTWORK = { poster: false, still: false };

/** A colour that is the same for the same album, 0..359. @param {string} name */
const hueOf = (name) => [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 360, 7);

/** One that is settled, or that nothing was found for: a line. @param {{ track: PlaylistTrack, onChoose: (media: string | null) => void }} props */
export function MatchRow({ track, onChoose }) {
  const chosen = track.candidates.find((one) => one.media_id === track.media_id);
  const best = track.candidates[0];
  return html`<li class="match-row">
    <span class="match-row__number" aria-hidden="true">${track.position + 1}</span>
    <span class="match-row__words">
      <span class="match__title">${track.title}</span><span class="match__sub">${join([track.artist, track.album])}</span>
    </span>
    ${chosen && html`<span class="match-row__words match-row__words--found">
      <span class="match__title">${chosen.title}</span><span class="match__sub">${join([chosen.artist, chosen.album])}</span>
    </span>`}
    ${track.state === "rejected" && best && html`<button
      type="button"
      class="button button--plain"
      onClick=${() => onChoose(best.media_id)}
    ><${Icon} name="undo-2" />${t("match.takeBest", { title: best.title })}</button>`}
    ${chosen && html`<button
      type="button"
      class="button button--plain"
      onClick=${() => onChoose(null)}
    ><${Icon} name="x" />${t("match.wrong")}</button>`}
  </li>`;
}
