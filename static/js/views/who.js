/** "Who is watching?": the profiles of a shared screen, large enough to be chosen from the sofa. */
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { api } from "../api.js";
import { people } from "../api_people.js";
import { EmptyState } from "../components/empty_state.js";
import { ErrorState } from "../components/error_state.js";
import { Icon } from "../components/icon.js";
import { PinPad } from "../components/pin_pad.js";
import { ProfilePicture } from "../components/profile_picture.js";
import { place } from "../router.js";
import { useResource } from "../resource.js";
import { safeNext } from "../next_page.js";
import { walk } from "../spatial.js";
import { me, server, toastError } from "../store.js";
import { t } from "../strings_people.js";

/** @import { Profile } from "../api_people.js" */

export function WhoView() {
  const resource = useResource("profiles", people.profiles);
  const page = useRef(/** @type {HTMLElement | null} */ (null));
  const [asked, setAsked] = useState(/** @type {Profile | null} */ (null));
  const next = safeNext(place.value.query.get("next"));
  useEffect(() => {
    document.title = [t("who.title"), server.value?.library_name].filter(Boolean).join(" · ");
  }, []);

  /** @param {Profile} profile @param {{ pin?: string, password?: string }} proof */
  const enter = async (profile, proof) => {
    await people.enter(profile.id, proof);
    sessionStorage.setItem("watching", profile.id);
    location.assign(next);
  };
  /** Without a PIN, a child is let in at once, and so is whoever let this screen in. @param {Profile} profile */
  const choose = (profile) => {
    const isOpen = profile.is_kid || profile.id === me.value?.id;
    if (isOpen && !profile.has_pin) enter(profile, {}).catch(toastError);
    else setAsked(profile);
  };

  const answer = resource.value;
  return html`<div class="who" ref=${page} onKeyDown=${(/** @type {KeyboardEvent} */ event) => walk(event, page.current)}>
    <div class="who__brand brand"><span class="brand__mark" aria-hidden="true"></span>${server.value?.library_name}</div>
    ${resource.error && !answer && html`<${ErrorState} error=${resource.error} onRetry=${resource.reload} />`}
    ${answer && !answer.shared && html`<${EmptyState}
      icon="tv"
      title=${t("who.notShared")}
      text=${t("who.notSharedHint")}
    ><a class="button" href="/settings/account">${t("who.account")}</a><//>`}
    ${answer?.shared && (asked
      ? html`<${PinPad} profile=${asked} onEnter=${enter} onBack=${() => setAsked(null)} />`
      : html`<h1 class="who__title">${t("who.title")}</h1>
        ${answer.profiles.length === 0 && html`<p class="who__none">${t("who.nobody")}. ${t("who.nobodyHint")}</p>`}
        <${Faces} profiles=${answer.profiles} onChoose=${choose} />
        <button type="button" class="button button--plain who__leave" onClick=${leave}><${Icon} name="log-out" />${t("who.leave")}</button>`)}
  </div>`;
}

/** @param {{ profiles: Profile[], onChoose: (profile: Profile) => void }} props */
function Faces({ profiles, onChoose }) {
  const grid = useRef(/** @type {HTMLUListElement | null} */ (null));
  useEffect(() => grid.current?.querySelector("button")?.focus(), []);
  return html`<ul class="who__faces" ref=${grid}>
    ${profiles.map((profile) => html`<li key=${profile.id}>
      <button
        type="button"
        class="who__one"
        onClick=${() => onChoose(profile)}
      >
        <${ProfilePicture} id=${profile.id} name=${profile.name} hue=${profile.hue} picture=${profile.has_picture} large />
        <span class="who__name">${profile.name}</span>
        <span class="who__mark">${profile.has_pin ? html`<${Icon} name="lock" /><span class="unseen">${t("who.locked")}</span>` : profile.is_kid && t("who.kid")}</span>
      </button>
    </li>`)}
  </ul>`;
}

async function leave() {
  try {
    await api.logout();
    sessionStorage.removeItem("watching");
    location.assign("/login");
  } catch (error) {
    toastError(error);
  }
}
