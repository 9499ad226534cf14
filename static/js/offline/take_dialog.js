/** Before many things are taken along: what there is, in which quality, how much room it needs, and what does not fit. */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { Dialog } from "../components/dialog.js";
import { ErrorState } from "../components/error_state.js";
import { ProgressBar } from "../components/progress_bar.js";
import { size } from "../format.js";
import { toastError } from "../store.js";
import { t } from "../strings_offline.js";
import { chosen, fitting, isFilm, offers, roomFor, sizeOf } from "./choosing.js";
import { playsAsItIs } from "./fetching.js";
import { lookAt, MOST, takeMany } from "./many.js";
import { itemOf, items, knowShelf, measure, room } from "./shelf.js";

/** @import { Children, Media } from "../types.js" */
/** @import { Choice } from "./choosing.js" */
/** @import { Quality } from "./records.js" */

/**
 * @param {{ title: string, load: () => Promise<string[]>, about?: string, children?: Children, onTake?: () => void, onClose: () => void }} props
 *   `load` finds the ids of what there is to take, anew when `about` changes; `children` stand above; `onTake` hears that it begins
 */
export function TakeDialog({ title, load, about = "", children, onTake, onClose }) {
  const [found, setFound] = useState(/** @type {Awaited<ReturnType<typeof lookAt>> | null} */ (null));
  const [looked, setLooked] = useState({ done: 0, all: 0 });
  const [error, setError] = useState(/** @type {Error | null} */ (null));
  const [attempt, setAttempt] = useState(0);
  const [wish, setWish] = useState(/** @type {Quality} */ ("original"));
  useEffect(() => {
    const control = new AbortController();
    setFound(null);
    setError(null);
    const look = async () => {
      await knowShelf();
      const [answer] = await Promise.all([
        lookAt(await load(), (done, all) => control.signal.aborted || setLooked({ done, all }), control.signal),
        measure(),
      ]);
      if (!control.signal.aborted) setFound(answer);
    };
    look().catch((reason) => control.signal.aborted || setError(reason));
    return () => control.abort();
  }, [about, attempt]);

  const free = roomFor(room.value?.left ?? Infinity, items.value ?? []);
  // What a rule brings meanwhile is on its way, too.
  const fresh = found?.fresh.filter((media) => !itemOf(media.id)) ?? [];
  const plan = found && chosen(fresh, wish, playsAsItIs);
  const fits = plan && fitting(plan, free);
  const go = () => {
    onClose();
    onTake?.();
    if (fits) void takeMany(fits, title).catch(toastError);
  };
  return html`<${Dialog} title=${t("offline.takeTitle", { title })} onClose=${onClose}>
    <div class="dialog__body take-many">
      ${children}
      ${error && html`<${ErrorState} error=${error} onRetry=${() => setAttempt(attempt + 1)} />`}
      ${!found && !error && html`<div role="status" class="take-many__looking">
        <p>${t("offline.looking", { done: looked.done, all: looked.all })}</p>
        <${ProgressBar} value=${looked.all ? (looked.done / looked.all) * 100 : 0} />
      </div>`}
      ${found && plan && fits && html`
        ${fresh.some(isFilm) && html`<${Qualities} fresh=${fresh} wish=${wish} onChange=${setWish} />`}
        <${Figures} plan=${plan} fits=${fits} free=${free} here=${found.here + found.fresh.length - fresh.length} />`}
    </div>
    <div class="dialog__foot">
      <button type="button" class="button button--plain" onClick=${onClose}>${t("action.cancel")}</button>
      <button type="button" class="button button--accent" disabled=${!fits?.length} onClick=${go}>
        ${fits && plan && fits.length < plan.length && fits.length > 0 ? t("offline.takeCount", { count: fits.length }) : t("offline.take")}
      </button>
    </div>
  <//>`;
}

/** @param {{ fresh: Media[], wish: Quality, onChange: (wish: Quality) => void }} props */
function Qualities({ fresh, wish, onChange }) {
  const offered = offers(fresh, playsAsItIs);
  if (offered.length < 2) return null;
  return html`<fieldset class="take-many__choices">
    <legend class="unseen">${t("offline.quality")}</legend>
    ${offered.map(({ quality, plan }) => {
      const isMade = plan.some((one) => one.quality !== "original");
      const text = size(sizeOf(plan));
      return html`<label key=${quality} class=${`take__choice ${wish === quality ? "take__choice--on" : ""}`}>
        <input class="unseen" type="radio" name="quality" value=${quality} checked=${wish === quality} onChange=${() => onChange(quality)} />
        <span class="take__name">${t(`offline.${quality}`)}</span>
        <span class="take__size">${isMade ? t("offline.about", { size: text }) : text}</span>
        <span class="take__hint">${t(`offline.${quality}Note`)}${isMade && ` · ${t("offline.prepared")}`}</span>
      </label>`;
    })}
  </fieldset>`;
}

/** @param {{ plan: Choice[], fits: Choice[], free: number, here: number }} props */
function Figures({ plan, fits, free, here }) {
  const whole = sizeOf(plan);
  const isTooMuch = fits.length < plan.length;
  return html`<div class="take-many__figures" role="status">
    ${plan.length > 0 && html`<p><strong>${t("offline.manyNeed", { count: plan.length, size: size(whole) })}</strong>
      ${Number.isFinite(free) && ` ${t("offline.manyFree", { size: size(free) })}`}</p>`}
    ${isTooMuch && html`<p class="notice">${fits.length
      ? t("offline.manyFit", { count: fits.length, size: size(sizeOf(fits)), missing: size(whole - free) })
      : t("offline.noneFits", { missing: size((plan[0]?.size ?? 0) - free) })}</p>`}
    ${here > 0 && html`<p class="form__note">${t("offline.manyHere", { count: here })}</p>`}
    ${plan.length === 0 && html`<p>${here ? t("offline.allHere") : t("offline.nothingToTake")}</p>`}
    ${plan.length + here >= MOST && html`<p class="form__note">${t("offline.most", { count: MOST })}</p>`}
  </div>`;
}
