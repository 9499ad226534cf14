/** What could not be identified with certainty: one thing at a time, settled with one key or tap. */
import { html } from "htm/preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { CandidateSearch } from "../components/candidate_search.js";
import { EmptyState } from "../components/empty_state.js";
import { ErrorState } from "../components/error_state.js";
import { Icon } from "../components/icon.js";
import { PageHead } from "../components/page_head.js";
import { ProgressBar } from "../components/progress_bar.js";
import { Proposal } from "../components/proposal.js";
import { ReviewSubject } from "../components/review_subject.js";
import { PageSkeleton } from "../components/skeleton.js";
import { identifyEverything } from "../identifying.js";
import { onlyFor } from "../only_for.js";
import { choose, keep, load, lastSettled, putAside, queue, showCandidates, undo } from "../reviewing.js";
import { current, progress } from "../review_queue.js";
import { mayRip, reviewRevision } from "../store.js";
import { t } from "../strings_works.js";

/** @import { Candidate, ReviewItem } from "../types_works.js" */

export const ReviewView = onlyFor(mayRip, Review);

function Review() {
  const [error, setError] = useState(/** @type {Error | null} */ (null));
  const [isLoaded, setLoaded] = useState(queue.value.items.length > 0);
  const now = queue.value;
  const item = current(now);
  const ask = () => load().then(() => setError(null), setError).finally(() => setLoaded(true));
  useEffect(() => void ask(), [reviewRevision.value]);
  // The next page comes before this one is at its end.
  useEffect(() => {
    if (now.items.length < 5 && now.next) load(now.next).catch(setError);
  }, [now.items.length, now.next]);
  const search = useRef(/** @type {HTMLDetailsElement | null} */ (null));
  useKeys(item, search);

  if (!isLoaded && !error) return html`<${PageSkeleton} />`;
  if (error && !item) return html`<${ErrorState} error=${error} onRetry=${ask} />`;
  if (!item) return html`<${Done} />`;
  return html`
    <${PageHead} title=${t("nav.review")} note=${t("review.waiting", { count: now.count })}><${LookAgain} /><//>
    <div class="section section--flush review">
      <${ProgressBar} value=${progress(now)} />
      <${Settled} />
      <article class="review__one" key=${item.key} tabindex="-1" aria-label=${item.title}>
        <${ReviewSubject} item=${item} />
        <div class="review__proposals">
          ${item.candidates.length > 0
            ? html`<h2 class="review__question">${t("review.which")}</h2>
              <ol class="proposals">
                ${item.candidates.map((candidate, index) => html`<${Proposal}
                  key=${`${candidate.source}:${candidate.id}`}
                  candidate=${candidate}
                  number=${index + 1}
                  isBest=${index === 0 && candidate.score > (item.candidates[1]?.score ?? Infinity)}
                  onChoose=${() => choose(item, candidate)}
                />`)}
              </ol>`
            : html`<div class="review__nothing"><h2 class="review__question">${t("review.nothing")}</h2><p>${t("review.nothingHint")}</p></div>`}
          <details class="fold review__search" ref=${search} open=${!item.candidates.length}>
            <summary class="fold__head">${t("review.again")}<kbd class="proposal__key" aria-hidden="true">W</kbd></summary>
            <div class="fold__body"><${CandidateSearch}
              kind=${item.kind}
              title=${item.title}
              artist=${item.kind === "album" ? item.subtitle : null}
              year=${item.year}
              onFound=${(/** @type {Candidate[]} */ found) => found.length && showCandidates(item, found)}
            /></div>
          </details>
        </div>
      </article>
      <div class="review__foot">
        <button type="button" class="button" onClick=${() => keep(item)}><${Icon} name="check" />${t("review.keep")}<kbd class="proposal__key" aria-hidden="true">K</kbd></button>
        ${now.items.length > 1 && html`<button type="button" class="button button--plain" onClick=${() => putAside(item)}
        ><${Icon} name="skip-forward" />${t("review.skip")}<kbd class="proposal__key" aria-hidden="true">S</kbd></button>`}
      </div>
      <${Ahead} items=${now.items} here=${item} count=${now.count} />
      <p class="matches__keys">${t("review.keys")}</p>
    </div>`;
}

/** What was settled last, with the way back. */
function Settled() {
  const last = lastSettled.value;
  return html`<div class="review__settled" role="status">
    ${last && html`<span class="review__done"><${Icon} name="circle-check" />${last.text}</span>
      <button type="button" class="button button--plain" onClick=${() => undo()}><${Icon} name="undo-2" />${t("action.undo")}<kbd class="proposal__key" aria-hidden="true">U</kbd></button>`}
  </div>`;
}

/** How many of those that come next are named. */
const AHEAD = 8;

/** What comes next; a tap takes it first. @param {{ items: ReviewItem[], here: ReviewItem, count: number }} props */
function Ahead({ items, here, count }) {
  const coming = items.filter((one) => one.key !== here.key);
  if (!coming.length) return null;
  const left = count - 1 - Math.min(coming.length, AHEAD);
  return html`<section class="ahead" aria-label=${t("review.next")}>
    <h2 class="ahead__title">${t("review.next")}</h2>
    <ul class="ahead__list">
      ${coming.slice(0, AHEAD).map((one) => html`<li key=${one.key}><button
        type="button"
        class="ahead__one"
        onClick=${() => (queue.value = { ...queue.value, here: one.key })}
      ><span class="ahead__name">${one.title}</span><span class="ahead__note">${one.candidates.length
        ? t("count.candidates", { count: one.candidates.length })
        : t(`work.${one.kind}`)}</span></button></li>`)}
      ${left > 0 && html`<li class="ahead__rest">${t("review.more", { count: left })}</li>`}
    </ul>
  </section>`;
}

/** Nothing waits. */
function Done() {
  const count = queue.value.settled.length;
  return html`
    <${Settled} />
    <div class="review__empty"><${EmptyState}
      page
      icon="circle-check"
      title=${t("review.empty")}
      text=${count ? t("review.emptyAfter", { count }) : t("review.emptyText")}
    ><div class="empty__actions"><a class="button" href="/films"><${Icon} name="film" />${t("review.findOut")}</a><${LookAgain} /></div><//></div>`;
}

/** Has everything looked up again that is not settled for good. */
function LookAgain() {
  const [isAsked, setAsked] = useState(false);
  const ask = () => {
    setAsked(true);
    identifyEverything(() => setAsked(false));
  };
  return html`<button type="button" class="button button--plain review__anew" disabled=${isAsked} onClick=${ask}><${Icon} name="refresh-cw" />${t("review.lookAgain")}</button>`;
}

/** @param {ReviewItem | null} item @param {{ current: HTMLDetailsElement | null }} search */
function useKeys(item, search) {
  useEffect(() => {
    // What comes next is looked at from its top, and its pictures are asked for before it is there.
    if (item) scrollTo({ top: 0 });
    // The button that was pressed is gone with what it settled.
    const one = document.querySelector(".review__one");
    if (document.activeElement === document.body && one instanceof HTMLElement) one.focus({ preventScroll: true });
    const next = queue.value.items.find((one) => one.key !== item?.key);
    for (const { picture } of next?.candidates ?? []) if (picture) new Image().src = picture;
  }, [item?.key]);
  // before the next key can come, not after the next paint
  useLayoutEffect(() => {
    /** @param {KeyboardEvent} event */
    const key = (event) => {
      const isTyping = event.target instanceof Element && event.target.closest("input:not([type=radio]), textarea, select, dialog");
      // A key that is held down settles one thing, not all of them.
      if (isTyping || event.repeat || event.metaKey || event.ctrlKey || event.altKey) return;
      const letter = event.key.toLowerCase();
      if (letter === "u") void undo();
      else if (item && letter === "s") putAside(item);
      else if (item && letter === "k") void keep(item);
      else if (item && letter === "w" && search.current) {
        search.current.open = true;
        /** @type {HTMLInputElement | null} */ (search.current.querySelector("input:not([type=radio])"))?.select();
      } else if (item && /^[1-9]$/.test(letter)) {
        const candidate = item.candidates[Number(letter) - 1];
        if (!candidate) return;
        void choose(item, candidate);
      } else return;
      event.preventDefault();
    };
    addEventListener("keydown", key);
    return () => removeEventListener("keydown", key);
  });
}
