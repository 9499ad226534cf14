/** What may be chosen before something is added; only what matters for its kind. */
import { html } from "htm/preact";
import { isAdmin } from "../store.js";
import { t } from "../strings.js";
import { typed } from "../typed.js";
import { Choice } from "./choice.js";
import { Field } from "./field.js";
import { FollowRules } from "./follow_rules.js";
import { Switch } from "./switch.js";

/** @import { Reading } from "../types.js" */
/** @import { Wishes } from "../adding.js" */

/** @param {{ reading: Reading, wishes: Wishes, onChange: (change: Partial<Wishes>) => void }} props */
export function AddOptions({ reading, wishes, onChange }) {
  const kind = reading.kind;
  if (kind === "video") return html`
    ${reading.is_live && html`<p class="notice">${t("add.live")}</p>`}
    <${Switch}
      label=${t("add.audioOnly")}
      hint=${t("add.audioOnlyHint")}
      checked=${wishes.audio}
      onChange=${(/** @type {boolean} */ audio) => onChange({ audio })}
    />
    ${!wishes.audio && isAdmin.value && html`<p class="form__note">${t("add.quality")} <a
      class="prose-link"
      href="/settings/downloads"
    >${t("add.qualityLink")}</a></p>`}`;
  if (kind === "playlist") return html`
    <${Choice}
      label=${t("add.once")}
      quiet
      value=${wishes.follow ? "follow" : "once"}
      options=${[{ value: "once", label: t("add.importOnce") }, { value: "follow", label: t("add.followNew") }]}
      onChange=${(/** @type {string} */ value) => onChange({ follow: value === "follow" })}
    />
    <p class="form__note">${wishes.follow ? t("add.followNote") : t("add.importNote")}</p>
    ${wishes.follow && html`<details class="fold" open=${Object.keys(wishes.rules).length > 0}>
      <summary class="fold__head">${t("rule.some")}</summary>
      <div class="fold__body"><${FollowRules}
        rules=${wishes.rules}
        onChange=${(/** @type {Wishes["rules"]} */ rules) => onChange({ rules })}
      /></div>
    </details>`}`;
  if (kind === "music_playlist") return html`<p class="form__note">${t("add.matchNote")}</p>`;
  if (kind === "podcast") return html`
    <${Choice}
      label=${t("podcast.auto")}
      value=${wishes.auto}
      options=${[
        { value: "latest", label: t("podcast.autoLatest") },
        { value: "all", label: t("podcast.autoAll") },
        { value: "none", label: t("podcast.autoNone") },
      ]}
      onChange=${(/** @type {Wishes["auto"]} */ auto) => onChange({ auto })}
    />
    <details class="fold">
      <summary class="fold__head">${t("podcast.private")}</summary>
      <div class="form__row fold__body">
        <${Field} label=${t("podcast.username")}>
          <input
            class="input"
            autocomplete="off"
            autocapitalize="off"
            value=${wishes.username}
            onInput=${typed((username) => onChange({ username }))}
          />
        <//>
        <${Field} label=${t("account.password")}>
          <input
            class="input"
            type="password"
            autocomplete="off"
            value=${wishes.password}
            onInput=${typed((password) => onChange({ password }))}
          />
        <//>
      </div>
    </details>`;
  return null;
}
