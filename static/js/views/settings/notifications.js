/** Notifications: what this browser tells of, which browsers do, and the app on the home screen. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { ErrorState } from "../../components/error_state.js";
import { Icon } from "../../components/icon.js";
import { TextSkeleton } from "../../components/skeleton.js";
import { Switch } from "../../components/switch.js";
import { when } from "../../format.js";
import { offer } from "../../offline/installing.js";
import { beTold, canBeTold, chooseTopics, endBrowser, endHere, ownBrowser, pushState, tryOut } from "../../offline/push.js";
import { isOwnBrowser, onlyFor } from "../../only_for.js";
import { usePageTitle } from "../../page_title.js";
import { useResource } from "../../resource.js";
import { said } from "../../said.js";
import { toast, toastError } from "../../store.js";
import { t } from "../../strings_offline.js";
import { t as words } from "../../strings_undo.js";
import { useLeaving } from "../../leaving.js";
import { changeWithUndo, savedText } from "../../undoing.js";
import { Panel, SettingsFrame } from "./frame.js";

/** @import { PushState, ToldBrowser, Topic } from "../../offline/push.js" */

export const NotificationsView = onlyFor(isOwnBrowser, Notifications);

function Notifications() {
  usePageTitle(t("notices.title"));
  const resource = useResource("push", pushState);
  return html`<${SettingsFrame} title=${t("notices.title")} note=${t("notices.note")}>
    ${resource.error && !resource.value && html`<${ErrorState} error=${resource.error} onRetry=${resource.reload} />`}
    ${!resource.value && !resource.error && html`<${TextSkeleton} lines=${6} />`}
    ${resource.value && html`<${ThisBrowser} state=${resource.value} onChange=${resource.set} onLoad=${resource.reload} />
      <${Browsers} state=${resource.value} onLoad=${resource.reload} />`}
    <${Installing} />
  <//>`;
}

/** @param {{ state: PushState, onChange: (state: PushState) => void, onLoad: () => void }} props */
function ThisBrowser({ state, onChange, onLoad }) {
  const [busy, setBusy] = useState(false);
  const own = ownBrowser(state);
  const isDenied = canBeTold() && Notification.permission === "denied";
  /** @param {() => Promise<unknown>} act */
  const doing = async (act) => {
    setBusy(true);
    try {
      await act();
    } catch (error) {
      toastError(error);
    }
    setBusy(false);
    onLoad();
  };
  /** @param {boolean} on */
  const toggle = (on) => doing(async () => {
    if (on) return beTold(state);
    if (own) await endBrowser(own.id);
    return endHere();
  });
  /** @param {Topic} topic @param {boolean} on */
  const choose = async (topic, on) => {
    if (!own) return;
    const topics = on ? [...own.topics, topic] : own.topics.filter((one) => one !== topic);
    await changeWithUndo(topics, own.topics, {
      show: (wish) => onChange(withBrowser(state, { ...own, topics: wish })),
      send: (wish) => chooseTopics(own.id, wish),
      text: savedText(t(`notices.${topic}`)),
    });
  };
  if (!canBeTold()) return html`<${Panel} title=${t("notices.here")}><p class="panel__note">${t("notices.impossible")}</p><//>`;
  return html`<${Panel} title=${t("notices.here")}>
    <${Switch} label=${t("notices.on")} hint=${isDenied ? t("notices.denied") : t("notices.onHint")} checked=${own !== null} disabled=${busy || isDenied} onChange=${toggle} />
    ${own && html`<div class="panel__actions">
      <button type="button" class="button" disabled=${busy} onClick=${() => doing(async () => {
        await tryOut(own.id);
        toast(t("notices.tested"));
      })}><${Icon} name="bell" />${t("notices.test")}</button>
    </div>`}
  <//>
  ${own && html`<${Panel} title=${t("notices.what")}>
    ${state.topics.map((topic) => html`<${Switch}
      key=${topic}
      label=${t(`notices.${topic}`)}
      hint=${t(`notices.${topic}Hint`)}
      checked=${own.topics.includes(topic)}
      onChange=${(/** @type {boolean} */ on) => choose(topic, on)}
    />`)}
  <//>`}`;
}

/** @param {PushState} state @param {ToldBrowser} browser @returns {PushState} */
const withBrowser = (state, browser) => ({ ...state, browsers: state.browsers.map((one) => (one.id === browser.id ? browser : one)) });

/** @param {{ state: PushState, onLoad: () => void }} props */
function Browsers({ state, onLoad }) {
  const leaving = useLeaving();
  const browsers = state.browsers.filter((one) => !leaving.has(one.id));
  if (!browsers.length) return null;
  /** @param {ToldBrowser} browser */
  const end = (browser) => leaving.park(browser.id, words("parked.browser", { device: said(browser.device) }), async () => {
    await endBrowser(browser.id);
    if (ownBrowser(state)?.id === browser.id) await endHere();
  }, onLoad);
  return html`<${Panel} title=${t("notices.browsers")}>
    <ul class="rows">
      ${browsers.map((browser) => html`<li class="row" key=${browser.id}>
        <${Icon} name="smartphone" />
        <div class="row__words">
          <span class="row__title">${said(browser.device)}</span>
          <span class="row__sub">${t("notices.since", { date: when(browser.created_at) })}${browser.failures > 0 && ` · ${t("notices.trouble")}`}</span>
        </div>
        <button type="button" class="button button--plain" onClick=${() => end(browser)}>${t("notices.end")}</button>
      </li>`)}
    </ul>
  <//>`;
}

function Installing() {
  const isInstalled = matchMedia("(display-mode: standalone)").matches;
  const now = offer.value;
  return html`<${Panel} title=${t("notices.install")} note=${t("notices.installNote")}>
    ${isInstalled
      ? html`<p class="panel__note">${t("notices.installed")}</p>`
      : now
        ? html`<div class="panel__actions"><button type="button" class="button" onClick=${() => void now.prompt().then(() => (offer.value = null))}><${Icon} name="smartphone" />${t("notices.installDo")}</button></div>`
        : html`<p class="panel__note">${t("notices.installHow")}</p>`}
  <//>`;
}
