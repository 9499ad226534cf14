/** An empty library is an invitation. */
import { html } from "htm/preact";
import { drives, isAdmin, mayRip } from "../store.js";
import { t } from "../strings.js";
import { DiscMark } from "./disc_mark.js";
import { Icon } from "./icon.js";

export function DiscInvitation() {
  const busy = (drives.value ?? []).some((drive) => drive.state !== "empty");
  return html`<section class="invitation">
    <${DiscMark} large turning=${busy} />
    <h1 class="invitation__title">${busy ? t("welcome.busyTitle") : t("welcome.title")}</h1>
    <p class="invitation__text">${mayRip.value ? (busy ? t("welcome.busy") : t("welcome.disc")) : t("welcome.kid")}</p>
    ${mayRip.value && !busy && html`<div class="empty__actions">
      <a class="button" href="/add"><${Icon} name="link" />${t("welcome.link")}</a>
      ${isAdmin.value && html`<a
        class="button"
        href="/settings/libraries?add"
      ><${Icon} name="folder" />${t("welcome.folder")}</a>`}
    </div>`}
    ${mayRip.value && !busy && html`<p class="invitation__hint">${t("welcome.images")}</p>`}
  </section>`;
}
