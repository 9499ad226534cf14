/** Where one can go, under the thumb on a phone. */
import { html } from "htm/preact";
import { place } from "../router.js";
import { t } from "../strings.js";
import { Icon } from "./icon.js";

const TABS = /** @type {const} */ ([
  ["/", "house", "nav.home", "home"],
  ["/films", "film", "nav.films", "films"],
  ["/shows", "tv", "nav.shows", "shows show"],
  ["/music", "music", "nav.music", "music album"],
  ["/settings", "user", "nav.you", "settings account keys discs people about"],
]);

export function TabBar() {
  return html`<nav class="tabs" aria-label=${t("nav.label")}>
    ${TABS.map(
      ([href, icon, label, names]) => html`<a
        key=${href}
        class="tab"
        href=${href}
        aria-current=${names.split(" ").includes(place.value.name) ? "page" : undefined}
      >
        <${Icon} name=${icon} />${t(label)}
      </a>`,
    )}
  </nav>`;
}
