/** What the server finds out about films while nobody watches: previews, openings. */
import { html } from "htm/preact";
import { api, call } from "../../api.js";
import { Switch } from "../../components/switch.js";
import { useResource } from "../../resource.js";
import { t } from "../../strings_sound.js";
import { changeSettings } from "../../undoing.js";
import { Panel } from "./frame.js";

/** @typedef {{ trickplay: boolean, openings: boolean }} Wishes */

export function TimelinePanel() {
  const resource = useResource("settings", api.settings);
  const settings = /** @type {({ library: Wishes } & Record<string, unknown>) | undefined} */ (/** @type {unknown} */ (resource.value));
  if (!settings) return null;
  const { library } = settings;
  /** @param {Partial<Wishes>} change @param {string} label */
  const save = (change, label) => changeSettings(settings, "library", change, {
    show: (now) => resource.set(/** @type {any} */ (now)),
    send: (wish) => call("PATCH", "/api/settings", { library: wish }),
    label,
  });
  return html`<${Panel} title=${t("along.title")} note=${t("along.note")}>
    <${Switch} label=${t("along.previews")} hint=${t("along.previewsHint")} checked=${library.trickplay} onChange=${(/** @type {boolean} */ on, /** @type {string} */ label) => save({ trickplay: on }, label)} />
    <${Switch} label=${t("along.openings")} hint=${t("along.openingsHint")} checked=${library.openings} onChange=${(/** @type {boolean} */ on, /** @type {string} */ label) => save({ openings: on }, label)} />
  <//>`;
}
