/** One thing that a doubtful file could be: its picture, its facts, and why it was proposed. A tap says that it is this. */
import { html } from "htm/preact";
import { said } from "../said.js";
import { t } from "../strings_works.js";
import { candidateFacts } from "../work_words.js";
import { CandidatePicture } from "./candidate_picture.js";
import { Icon } from "./icon.js";

/** @import { Candidate } from "../types_works.js" */

/** @param {{ candidate: Candidate, number: number, isBest: boolean, onChoose: () => void }} props `number` is its key, from 1 */
export function Proposal({ candidate, number, isBest, onChoose }) {
  return html`<li class="proposals__place"><button type="button" class=${`proposal ${isBest ? "proposal--best" : ""}`} onClick=${onChoose}>
    <span class="unseen">${t("review.take", { title: candidate.title })}</span>
    <${CandidatePicture} candidate=${candidate} named />
    ${number < 10 && html`<kbd class="proposal__key" aria-hidden="true">${number}</kbd>`}
    ${isBest && html`<span class="proposal__best">${t("review.best")}</span>`}
    <span class="proposal__words">
      <span class="proposal__title">${candidate.title}</span>
      ${candidate.original_title && candidate.original_title !== candidate.title && html`<span class="proposal__original">${candidate.original_title}</span>`}
      <span class="proposal__facts">${candidateFacts(candidate)}</span>
      ${candidate.reasons.length > 0 && html`<span class="proposal__reasons">
        ${candidate.reasons.map((reason) => html`<span class="proposal__reason" key=${reason}>${said(reason)}</span>`)}
      </span>`}
      ${candidate.overview && html`<span class="proposal__overview">${candidate.overview}</span>`}
    </span>
    <span class="proposal__action" aria-hidden="true"><${Icon} name="check" /></span>
  </button></li>`;
}
