/** Keys for programs: each may do only what it is for, and its secret is shown once. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { api } from "../../api.js";
import { ErrorState } from "../../components/error_state.js";
import { Icon } from "../../components/icon.js";
import { TextSkeleton } from "../../components/skeleton.js";
import { date, when } from "../../format.js";
import { mayMakeKeys, onlyFor } from "../../only_for.js";
import { useResource } from "../../resource.js";
import { toast, toastError } from "../../store.js";
import { t } from "../../strings.js";
import { t as words } from "../../strings_undo.js";
import { Panel, SettingsFrame } from "./frame.js";
import { KeyForm } from "./key_form.js";

/** @import { ApiKey } from "../../types.js" */

export const KeysView = onlyFor(mayMakeKeys, Keys);

function Keys() {
  const resource = useResource("keys", api.keys);
  const [secret, setSecret] = useState(/** @type {string | null} */ (null));
  /** At once, because somebody else may have it. @param {ApiKey} key */
  const revoke = async (key) => {
    if (resource.value) resource.set({ ...resource.value, keys: resource.value.keys.filter((one) => one.id !== key.id) });
    try {
      await api.revokeKey(key.id);
      toast(words("ended.key", { name: key.name }));
    } catch (error) {
      toastError(error);
      resource.reload();
    }
  };
  return html`<${SettingsFrame} title=${t("settings.keys")} note=${t("keys.note")}>
    ${secret && html`<${Secret} secret=${secret} onDone=${() => setSecret(null)} />`}
    ${resource.error && !resource.value && html`<${ErrorState} error=${resource.error} onRetry=${resource.reload} />`}
    ${!resource.value && !resource.error && html`<${TextSkeleton} />`}
    ${resource.value &&
    html`<${Panel} title=${t("keys.yours")}>
        ${resource.value.keys.length
          ? html`<ul class="rows">${resource.value.keys.map((key) => html`<${KeyRow}
            key=${key.id}
            apiKey=${key}
            onRevoke=${() => revoke(key)}
          />`)}</ul>`
          : html`<p class="panel__note">${t("keys.none")}</p>`}
      <//>
      <${KeyForm} scopes=${resource.value.scopes} onCreated=${(/** @type {string} */ made) => {
        setSecret(made);
        resource.reload();
        scrollTo({ top: 0 });
      }} />`}
  <//>`;
}

/** @param {{ apiKey: ApiKey, onRevoke: () => void }} props */
function KeyRow({ apiKey, onRevoke }) {
  const facts = [
    apiKey.scopes.join(", "),
    apiKey.last_used_at ? t("keys.used", { when: when(apiKey.last_used_at) }) : t("keys.unused"),
    apiKey.expires_at ? t("keys.expires", { date: date(apiKey.expires_at) }) : t("keys.never"),
  ];
  return html`<li class="row">
    <${Icon} name="key-round" />
    <span class="row__words"><span class="row__title">${apiKey.name} <code class="row__code">${apiKey.prefix}…</code></span><span class="row__sub">${facts.join(" · ")}</span></span>
    <button
      type="button"
      class="button button--plain"
      aria-label=${t("keys.revokeName", { name: apiKey.name })}
      onClick=${onRevoke}
    >${t("keys.revoke")}</button>
  </li>`;
}

/** @param {{ secret: string, onDone: () => void }} props */
function Secret({ secret, onDone }) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(secret);
      toast(t("keys.copied"));
    } catch {
      toast(t("keys.copyYourself"));
    }
  };
  return html`<section class="panel panel--strong" role="status">
    <h2 class="panel__title">${t("keys.secretTitle")}</h2>
    <p class="panel__note">${t("keys.secretNote")}</p>
    <code class="secret">${secret}</code>
    <div class="panel__actions">
      <button
        type="button"
        class="button button--accent"
        onClick=${copy}
      ><${Icon} name="copy" />${t("keys.copy")}</button>
      <button type="button" class="button button--plain" onClick=${onDone}>${t("keys.done")}</button>
    </div>
  </section>`;
}
