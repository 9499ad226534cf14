/** Letting a screen in by the code that it shows: which one asks, what it gets, yes or no. */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { people } from "../api_people.js";
import { Field } from "../components/field.js";
import { Icon } from "../components/icon.js";
import { Switch } from "../components/switch.js";
import { isOwnBrowser, onlyFor } from "../only_for.js";
import { plainCode, readableCode } from "../profile_words.js";
import { place } from "../router.js";
import { said } from "../said.js";
import { me, server } from "../store.js";
import { t } from "../strings_people.js";
import { typed } from "../typed.js";

/** @import { AskingScreen } from "../api_people.js" */

export const LinkView = onlyFor(isOwnBrowser, Link);

function Link() {
  const [code, setCode] = useState(plainCode(place.value.query.get("code") ?? ""));
  const [screen, setScreen] = useState(/** @type {AskingScreen | null} */ (null));
  const [shared, setShared] = useState(true);
  const [decided, setDecided] = useState(/** @type {"approved" | "refused" | null} */ (null));
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  /** @param {() => Promise<void>} act */
  const attempt = async (act) => {
    setBusy(true);
    setError("");
    try {
      await act();
    } catch (reason) {
      setScreen(null);
      setError(reason instanceof Error ? reason.message : String(reason));
    }
    setBusy(false);
  };
  const look = () => attempt(async () => setScreen(await people.look(code)));
  useEffect(() => {
    document.title = [t("link.title"), server.value?.library_name].filter(Boolean).join(" · ");
    if (code.length === 8) look();
  }, []);
  const again = () => {
    setDecided(null);
    setScreen(null);
    setCode("");
  };
  if (decided) return html`<div class="link">
    <div class="link__card link__card--said" role="status">
      <span class=${`link__sign link__sign--${decided}`}><${Icon} name=${decided === "approved" ? "circle-check" : "circle-x"} /></span>
      <h1 class="link__title">${t(decided === "approved" ? "link.approved" : "link.refused")}</h1>
      <p class="link__text">${t(decided === "approved" ? "link.approvedText" : "link.refusedText")}</p>
      <div class="link__ways"><button type="button" class="button" onClick=${again}>${t("link.another")}</button><a class="button button--plain" href="/">${t("link.home")}</a></div>
    </div>
  </div>`;
  return html`<div class="link">
    ${screen
      ? html`<div class="link__card">
          <h1 class="link__title">${t("link.which")}</h1>
          <p class="link__code" dir="ltr" aria-label=${t("link.codeIs")}>${readableCode(code)}</p>
          <dl class="link__facts">
            <dt>${t("link.device")}</dt><dd>${said(screen.device)}</dd>
            <dt>${t("link.address")}</dt><dd dir="ltr">${screen.address}</dd>
          </dl>
          <${Switch} label=${t("link.shared")} hint=${t("link.sharedHint")} checked=${shared} onChange=${setShared} />
          <p class="link__text">${t("link.warning", { name: me.value?.display_name ?? "" })} ${t(shared ? "link.grants" : "link.grantsAll")}</p>
          <div class="link__ways">
            <button type="button" class="button button--accent" disabled=${busy} onClick=${() => attempt(async () => { await people.approve(code, shared); setDecided("approved"); })}>${t("link.approve")}</button>
            <button type="button" class="button" disabled=${busy} onClick=${() => attempt(async () => { await people.refuse(code); setDecided("refused"); })}>${t("link.refuse")}</button>
          </div>
        </div>`
      : html`<form class="link__card" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); look(); }}>
          <h1 class="link__title">${t("link.title")}</h1>
          <${Field} label=${t("link.code")} hint=${t("link.codeHint")} error=${error || null}>
            <input class="input link__input" dir="ltr" required autocomplete="one-time-code" autocapitalize="characters" spellcheck=${false} maxlength="12" value=${readableCode(code)} onInput=${typed((/** @type {string} */ text) => setCode(plainCode(text)))} />
          <//>
          <button type="submit" class="button button--accent" disabled=${busy || code.length !== 8}>${t("link.next")}</button>
        </form>`}
  </div>`;
}
