/** Says what something really is: search, pick, see what would change, and have it so. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { works } from "../api_works.js";
import { identified } from "../identifying.js";
import { useResource } from "../resource.js";
import { said } from "../said.js";
import { t } from "../strings_works.js";
import { candidateFacts, kindOf } from "../work_words.js";
import { CandidatePicture } from "./candidate_picture.js";
import { CandidateSearch } from "./candidate_search.js";
import { ChangeList } from "./change_list.js";
import { Dialog } from "./dialog.js";
import { ErrorState } from "./error_state.js";
import { Icon } from "./icon.js";
import { TextSkeleton } from "./skeleton.js";

/** @import { Candidate } from "../types_works.js" */

/**
 * @param {{ workKey: string, title: string, year?: number | null, artist?: string | null, onClose: () => void,
 *   onApplied: (key: string | null) => void }} props `onApplied` gets the key that the work has now, if the server says so
 */
export function IdentifyDialog({ workKey, title, year = null, artist = null, onClose, onApplied }) {
  const [found, setFound] = useState(/** @type {Candidate[] | null} */ (null));
  const [candidate, setCandidate] = useState(/** @type {Candidate | null} */ (null));
  const kind = kindOf(workKey);
  const first = useResource(`candidates:${workKey}:${title}:${year}:${artist}`, (options) => works.candidates({ kind, title, year, artist }, options));
  const shown = found ?? first.value?.candidates ?? [];
  if (candidate) return html`<${PreviewStep}
    workKey=${workKey}
    title=${title}
    candidate=${candidate}
    onBack=${() => setCandidate(null)}
    onClose=${onClose}
    onApplied=${onApplied}
  />`;
  return html`<${Dialog} kind="wide" title=${t("identify.title")} onClose=${onClose}>
    <div class="dialog__body identify">
      <p class="form__note">${t("identify.note")}</p>
      <${CandidateSearch} kind=${kind} title=${title} year=${year} artist=${artist} autoFocus onFound=${setFound} />
      ${!found && !first.value && !first.error && html`<${TextSkeleton} lines=${3} />`}
      ${!found && first.error && html`<p class="form__error" role="alert">${first.error.message}</p>`}
      ${!found && first.value && !shown.length && html`<p class="form__note">${t("ask.none")}</p>`}
      ${shown.length > 0 && html`<ul class="picks">
        ${shown.map((one) => html`<li key=${`${one.source}:${one.id}`}><button type="button" class="pick" onClick=${() => setCandidate(one)}>
          <${CandidatePicture} candidate=${one} />
          <${PickWords} candidate=${one} />
          <${Icon} name="chevron-right" />
        </button></li>`)}
      </ul>`}
    </div>
  <//>`;
}

/** @param {{ candidate: Candidate }} props */
function PickWords({ candidate }) {
  return html`<span class="pick__words">
    <span class="pick__title">${candidate.title}</span>
    <span class="pick__facts">${candidateFacts(candidate)}</span>
    ${candidate.reasons.length > 0 && html`<span class="pick__facts">${candidate.reasons.map(said).join(" · ")}</span>`}
    ${candidate.overview && html`<span class="pick__overview">${candidate.overview}</span>`}
  </span>`;
}

/**
 * @param {{ workKey: string, title: string, candidate: Candidate, onBack: () => void, onClose: () => void,
 *   onApplied: (key: string | null) => void }} props
 */
function PreviewStep({ workKey, title, candidate, onBack, onClose, onApplied }) {
  const preview = useResource(`preview:${workKey}:${candidate.source}:${candidate.id}`, (options) => works.preview(workKey, candidate, options));
  const [error, setError] = useState(/** @type {Error | null} */ (null));
  const [busy, setBusy] = useState(false);
  const apply = async () => {
    setBusy(true);
    try {
      onApplied(await identified(workKey, title, candidate));
      onClose();
    } catch (reason) {
      setError(reason instanceof Error ? reason : new Error(t("error.unexpected")));
      setBusy(false);
    }
  };
  return html`<${Dialog} kind="wide" title=${t("identify.preview")} onClose=${onClose}>
    <div class="dialog__body identify">
      <div class="pick pick--chosen"><${CandidatePicture} candidate=${candidate} /><${PickWords} candidate=${candidate} /></div>
      ${preview.error && !preview.value && html`<${ErrorState} error=${preview.error} onRetry=${preview.reload} />`}
      ${!preview.value && !preview.error && html`<${TextSkeleton} lines=${4} />`}
      ${preview.value && html`<${ChangeList} preview=${preview.value} />`}
    </div>
    ${error && html`<p class="form__error dialog__error" role="alert">${error.message}</p>`}
    <footer class="dialog__foot">
      <button type="button" class="button button--plain" onClick=${onBack}><${Icon} name="chevron-left" />${t("identify.other")}</button>
      <button type="button" class="button button--accent" disabled=${busy || !preview.value} onClick=${apply}>${t("identify.apply")}</button>
    </footer>
  <//>`;
}
