/** How podcasts are treated from now on. */
import { html } from "htm/preact";
import { api } from "../../api.js";
import { content } from "../../api_content.js";
import { ErrorState } from "../../components/error_state.js";
import { PodcastPolicy } from "../../components/podcast_policy.js";
import { TextSkeleton } from "../../components/skeleton.js";
import { onlyFor } from "../../only_for.js";
import { useResource } from "../../resource.js";
import { isAdmin } from "../../store.js";
import { t } from "../../strings.js";
import { changeSettings } from "../../undoing.js";
import { Panel, SettingsFrame } from "./frame.js";
import { NumberField } from "./number_field.js";

/** @import { PodcastSettings, Settings } from "../../types.js" */

export const PodcastRulesView = onlyFor(isAdmin, PodcastRules);

function PodcastRules() {
  const resource = useResource("settings", api.settings);
  return html`<${SettingsFrame} title=${t("settings.podcasts")} note=${t("podcastRules.note")}>
    ${resource.error && !resource.value && html`<${ErrorState} error=${resource.error} onRetry=${resource.reload} />`}
    ${!resource.value && !resource.error && html`<${TextSkeleton} lines=${6} />`}
    ${resource.value && html`<${Form} settings=${resource.value} onChange=${resource.set} />`}
  <//>`;
}

/** @param {{ settings: Settings, onChange: (settings: Settings) => void }} props */
function Form({ settings, onChange }) {
  const { podcasts } = settings;
  /** @param {Partial<PodcastSettings>} change @param {string} label */
  const save = (change, label) => changeSettings(settings, "podcasts", change, { show: onChange, send: content.editPodcastRules, label });
  return html`
    <${Panel} title=${t("podcastRules.often")}>
      <${NumberField}
        label=${t("podcastRules.interval")}
        hint=${t("podcastRules.intervalHint")}
        value=${podcasts.check_interval_hours}
        min=${0.25}
        max=${720}
        step=${0.25}
        onSave=${(/** @type {number} */ value, /** @type {string} */ label) => save({ check_interval_hours: value }, label)}
      />
    <//>
    <${Panel} title=${t("podcastRules.fresh")}><${PodcastPolicy} policy=${podcasts} onChange=${save} /><//>
  `;
}
