/** Cookies of sites that ask for a sign-in. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { content } from "../../api_content.js";
import { ErrorState } from "../../components/error_state.js";
import { Field } from "../../components/field.js";
import { Icon } from "../../components/icon.js";
import { TextSkeleton } from "../../components/skeleton.js";
import { when } from "../../format.js";
import { hostOf } from "../../links.js";
import { onlyFor } from "../../only_for.js";
import { useResource } from "../../resource.js";
import { isAdmin, toast } from "../../store.js";
import { t } from "../../strings.js";
import { t as words } from "../../strings_undo.js";
import { useLeaving } from "../../leaving.js";
import { typed } from "../../typed.js";
import { Panel, SettingsFrame } from "./frame.js";

/** @import { SiteCookies } from "../../types.js" */

export const SitesView = onlyFor(isAdmin, Sites);

function Sites() {
  const resource = useResource("sites", content.sites);
  const leaving = useLeaving();
  const sites = resource.value?.sites.filter((site) => !leaving.has(site.host));
  /** @param {SiteCookies} site */
  const remove = ({ host }) => leaving.park(host, words("parked.cookies", { host }), () => content.removeCookies(host), resource.reload);
  return html`<${SettingsFrame} title=${t("settings.sites")} note=${t("sites.note")}>
    ${resource.error && !sites && html`<${ErrorState} error=${resource.error} onRetry=${resource.reload} />`}
    ${!sites && !resource.error && html`<${TextSkeleton} lines=${2} />`}
    ${sites && html`<${Panel} title=${t("sites.kept")}>
        ${sites.length
          ? html`<ul class="rows">${sites.map((site) => html`<li key=${site.host} class="row">
              <${Icon} name="cookie" />
              <span class="row__words"><span class="row__title">${site.host}</span>
                <span class="row__sub">${[t("sites.from", { when: when(site.added_at) }), site.used_at ? t("sites.used", { when: when(site.used_at) }) : t("sites.unused")].join(" · ")}</span></span>
              <button
                type="button"
                class="button button--plain"
                aria-label=${t("sites.removeName", { host: site.host })}
                onClick=${() => remove(site)}
              >${t("sites.remove")}</button>
            </li>`)}</ul>`
          : html`<p class="panel__note">${t("sites.none")}</p>`}
      <//>
      <${CookieForm} onSaved=${resource.reload} />`}
  <//>`;
}

/** @param {{ onSaved: () => void }} props */
function CookieForm({ onSaved }) {
  const [host, setHost] = useState("");
  const [cookies, setCookies] = useState("");
  const [error, setError] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    const name = hostOf(host.trim());
    try {
      await content.putCookies(name, cookies);
      toast(t("sites.saved", { host: name }));
      setHost("");
      setCookies("");
      onSaved();
    } catch (reason) {
      setError(reason);
    }
    setBusy(false);
  };
  /** @param {Event} event */
  const read = async (event) => {
    const file = /** @type {HTMLInputElement} */ (event.target).files?.[0];
    if (file) setCookies(await file.text());
  };
  return html`<${Panel} title=${t("sites.add")}>
    <form class="form" onSubmit=${submit}>
      <${Field}
        label=${t("sites.host")}
        hint=${t("sites.hostHint")}
        error=${error?.field === "host" ? error.message : null}
      >
        <input
          class="input"
          required
          autocomplete="off"
          autocapitalize="off"
          spellcheck=${false}
          value=${host}
          onInput=${typed(setHost)}
        />
      <//>
      <${Field} label=${t("sites.cookies")} hint=${t("sites.cookiesHint")}>
        <textarea
          class="input input--lines input--code"
          required
          rows="5"
          autocomplete="off"
          spellcheck=${false}
          value=${cookies}
          onInput=${typed(setCookies)}
        ></textarea>
      <//>
      <label class="button button--plain"><${Icon} name="upload" />${t("sites.file")}<input
        class="unseen"
        type="file"
        accept=".txt"
        onChange=${read}
      /></label>
      ${error && error.field !== "host" && html`<p class="form__error" role="alert">${error.message}</p>`}
      <button
        type="submit"
        class="button"
        disabled=${busy || !host.trim() || !cookies.trim()}
      >${t("sites.save")}</button>
    </form>
  <//>`;
}
