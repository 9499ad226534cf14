/** What was found at an address, how else it may be read, and the one button that adds it. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { KIND_ICONS, KIND_SHAPES, kindName, NO_WISHES, order, orderName } from "../adding.js";
import { duration } from "../format.js";
import { hostOf } from "../links.js";
import { t } from "../strings.js";
import { AddOptions } from "./add_options.js";
import { Choice } from "./choice.js";
import { Icon } from "./icon.js";

/** @import { Added, Examination, Reading, ReadingKind } from "../types.js" */

/** @param {{ examination: Examination, onAdded: (added: Added, reading: Reading) => void }} props */
export function Finding({ examination, onAdded }) {
  const [kind, setKind] = useState(examination.readings[0]?.kind);
  const [wishes, setWishes] = useState(NO_WISHES);
  const [error, setError] = useState(/** @type {string | null} */ (null));
  const [busy, setBusy] = useState(false);
  const reading = examination.readings.find((one) => one.kind === kind) ?? examination.readings[0];
  if (!reading) return html`<section class="finding"><p class="finding__nothing">${t("add.nothing")}</p></section>`;

  const add = async () => {
    setBusy(true);
    setError(null);
    try {
      onAdded(await order(reading, wishes), reading);
    } catch (reason) {
      setError(reason instanceof Error ? reason.message : t("error.unexpected"));
    }
    setBusy(false);
  };
  const others = examination.readings.map((one) => ({ value: one.kind, label: kindName(one.kind) }));
  return html`<section class="finding" aria-label=${t("add.found")}>
    <div class=${`finding__head finding__head--${KIND_SHAPES[reading.kind]}`}>
      <${Picture} reading=${reading} />
      <div class="finding__words">
        <p class="finding__kind">
          <${Icon} name=${KIND_ICONS[reading.kind]} />${reading.sure ? kindName(reading.kind) : t("add.perhaps", { kind: kindName(reading.kind) })}
          ${reading.is_live && html`<span class="tag tag--live">${t("add.liveTag")}</span>`}
        </p>
        <h2 class="finding__title">${reading.title || hostOf(reading.url)}</h2>
        <p class="finding__facts">${facts(reading).map((fact) => html`<span key=${fact}>${fact}</span>`)}</p>
      </div>
    </div>
    ${others.length > 1 && html`<${Choice}
      label=${t("add.readAs")}
      value=${reading.kind}
      options=${others}
      onChange=${(/** @type {ReadingKind} */ chosen) => setKind(chosen)}
    />`}
    <${AddOptions}
      reading=${reading}
      wishes=${wishes}
      onChange=${(/** @type {Partial<import("../adding.js").Wishes>} */ change) => setWishes({ ...wishes, ...change })}
    />
    ${error && html`<p class="form__error" role="alert">${error}</p>`}
    <div class="finding__foot">
      <button
        type="button"
        class="button button--accent"
        disabled=${busy}
        onClick=${add}
      ><${Icon} name="plus" />${orderName(reading, wishes)}</button>
    </div>
  </section>`;
}

/** @param {{ reading: Reading }} props */
function Picture({ reading: { picture, kind } }) {
  const [broken, setBroken] = useState(/** @type {string | null} */ (null));
  const shown = picture?.startsWith("data:image/") && picture !== broken;
  return html`<span class=${`finding__picture finding__picture--${KIND_SHAPES[kind]}`} aria-hidden="true">
    ${shown ? html`<img
      class="cover__picture"
      src=${picture}
      alt=""
      onError=${() => setBroken(picture)}
    />` : html`<${Icon} name=${KIND_ICONS[kind]} />`}
  </span>`;
}

/** @param {Reading} reading */
function facts({ kind, duration: seconds, count, detail, url }) {
  const counts = { playlist: "count.videos", podcast: "count.episodes", music_playlist: "count.tracks" };
  const counted = counts[/** @type {keyof typeof counts} */ (kind)];
  const known = [
    detail,
    seconds ? duration(seconds) : null,
    count && counted ? t(/** @type {any} */ (counted), { count }) : null,
    hostOf(url),
  ];
  return [...new Set(known)].filter(Boolean);
}
