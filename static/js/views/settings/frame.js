/** The frame of the settings: which pages there are, and the page itself. */
import { html } from "htm/preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "../../components/icon.js";
import { isGrownUp, isOwnBrowser, mayMakeKeys } from "../../only_for.js";
import { place } from "../../router.js";
import { isAdmin, mayRip } from "../../store.js";
import { t } from "../../strings.js";
import { t as tOffline } from "../../strings_offline.js";

/** @import { Children } from "../../types.js" */

/** @param {{ title: string, note?: string, children?: Children }} props */
export function SettingsFrame({ title, note, children }) {
  const here = place.value.name;
  const nav = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => {
    const entry = nav.current?.querySelector("[aria-current]");
    // On a phone the entries scroll sideways, and the one that is open may lie outside.
    if (entry instanceof HTMLElement) nav.current?.scrollTo({ left: entry.offsetLeft - nav.current.clientWidth / 3 });
  }, [here]);
  const pages = /** @type {[string, string, string, boolean][]} */ ([
    ["account", "user", t("settings.account"), isOwnBrowser.value],
    ["keys", "key-round", t("settings.keys"), mayMakeKeys.value],
    ["libraries", "folder", t("settings.libraries"), isAdmin.value],
    ["names", "pencil", t("settings.names"), mayRip.value],
    ["playback", "tv", t("settings.playback"), true],
    ["discs", "disc-3", t("settings.discs"), isAdmin.value],
    ["downloads", "download", t("settings.downloads"), isAdmin.value],
    ["podcast_rules", "mic", t("settings.podcasts"), isAdmin.value],
    ["sites", "cookie", t("settings.sites"), isAdmin.value],
    ["storage", "hard-drive", t("settings.storage"), isAdmin.value],
    ["people", "users", t("settings.people"), isAdmin.value],
    ["notifications", "bell", tOffline("notices.title"), isOwnBrowser.value],
    ["offline", "smartphone", tOffline("offline.title"), true],
    ["about", "info", t("settings.about"), isGrownUp.value],
  ]);
  return html`<div class="settings">
    <nav class="settings__nav" ref=${nav} aria-label=${t("settings.label")}>
      ${pages.map(
        ([name, icon, label, shown]) => shown && html`<a
          key=${name}
          class="nav"
          href=${name === "offline" ? "/offline" : `/settings/${name === "podcast_rules" ? "podcasts" : name}`}
          aria-current=${name === here ? "page" : undefined}
        ><${Icon} name=${icon} />${label}</a>`,
      )}
    </nav>
    <div class="settings__page">
      <h1 class="settings__title">${title}</h1>
      ${note && html`<p class="settings__note">${note}</p>`}
      ${children}
    </div>
  </div>`;
}

/** @param {{ title: string, note?: Children, children: Children }} props */
export function Panel({ title, note, children }) {
  return html`<section class="panel" aria-label=${title}>
    <h2 class="panel__title">${title}</h2>
    ${note && html`<p class="panel__note">${note}</p>`}
    ${children}
  </section>`;
}
