/** Which episodes are fetched and how long they stay, for one podcast or for all new ones. */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../strings.js";
import { typed } from "../typed.js";
import { Choice } from "./choice.js";
import { Field } from "./field.js";

/** @import { AutoDownload } from "../types.js" */

/** @typedef {{ auto_download: AutoDownload, latest_count: number, keep_count: number | null, delete_heard_days: number | null }} Policy */

/** @param {{ policy: Policy, onChange: (change: Partial<Policy>, label: string) => void }} props each change is told by itself */
export function PodcastPolicy({ policy, onChange }) {
  const hints = { latest: t("podcast.autoLatestHint"), all: t("podcast.autoAllHint"), none: t("podcast.autoNoneHint") };
  return html`<div class="policy">
    <${Choice}
      label=${t("podcast.auto")}
      value=${policy.auto_download}
      options=${[
        { value: "latest", label: t("podcast.autoLatest") },
        { value: "all", label: t("podcast.autoAll") },
        { value: "none", label: t("podcast.autoNone") },
      ]}
      onChange=${(/** @type {AutoDownload} */ auto_download, /** @type {string} */ label) => onChange({ auto_download }, label)}
    />
    <p class="form__note">${hints[policy.auto_download]}</p>
    ${policy.auto_download === "latest" && html`<${CountField}
      label=${t("podcast.latestCount")}
      value=${policy.latest_count}
      least=${1}
      most=${1000}
      onSave=${(/** @type {number | null} */ value, /** @type {string} */ label) => value !== null && onChange({ latest_count: value }, label)}
    />`}
    <${CountField}
      label=${t("podcast.keep")}
      hint=${t("podcast.keepHint")}
      value=${policy.keep_count}
      least=${1}
      most=${1000}
      onSave=${(/** @type {number | null} */ value, /** @type {string} */ label) => onChange({ keep_count: value }, label)}
    />
    <${CountField}
      label=${t("podcast.deleteHeard")}
      hint=${t("podcast.deleteHeardHint")}
      value=${policy.delete_heard_days}
      least=${0}
      most=${3650}
      onSave=${(/** @type {number | null} */ value, /** @type {string} */ label) => onChange({ delete_heard_days: value }, label)}
    />
  </div>`;
}

/** @param {{ label: string, hint?: string, value: number | null, least: number, most: number,
 *   onSave: (value: number | null, label: string) => void }} props an empty field is null */
function CountField({ label, hint, value, least, most, onSave }) {
  const shown = value === null ? "" : String(value);
  const [text, setText] = useState(shown);
  useEffect(() => setText(shown), [shown]);
  const keep = () => {
    const wanted = text.trim() === "" ? null : Math.round(Number(text));
    if (wanted !== null && !(wanted >= least && wanted <= most)) return setText(shown);
    if (wanted !== value) onSave(wanted, label);
    return undefined;
  };
  return html`<${Field} label=${label} hint=${hint}>
    <input
      class="input input--short"
      type="number"
      inputmode="numeric"
      min=${least}
      max=${most}
      value=${text}
      onInput=${typed(setText)}
      onChange=${keep}
    />
  <//>`;
}

/** "Fetches the latest 3, keeps 10" @param {Policy} policy */
export function policyLine({ auto_download, latest_count, keep_count }) {
  const fetched = { latest: t("podcast.summaryLatest", { count: latest_count }), all: t("podcast.summaryAll"), none: t("podcast.summaryNone") };
  return [fetched[auto_download], keep_count !== null && t("podcast.summaryKeep", { count: keep_count })].filter(Boolean).join(", ");
}
