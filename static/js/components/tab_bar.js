/** Where one can go, under the thumb on a phone. */
import { html } from "htm/preact";
import { places } from "../places.js";
import { place } from "../router.js";
import { isShared, mayRip, me, reviewCount } from "../store.js";
import { t } from "../strings.js";
import { Icon } from "./icon.js";

const SHELVES = ["library", "review", ...places.flatMap((one) => [...one.names])];
const SETTINGS = ["settings", "account", "keys", "libraries", "names", "discs", "downloads", "podcast_rules", "sites", "people", "about"];

export function TabBar() {
  const here = place.value.name;
  /** @param {string} href @param {string} icon @param {string} label @param {string[]} names @param {boolean} [calls] has something that waits */
  const tab = (href, icon, label, names, calls = false) => html`<a
    class="tab"
    href=${href}
    aria-current=${names.includes(here) ? "page" : undefined}
  >
    <span class=${calls ? "tab__mark tab__mark--calls" : "tab__mark"}><${Icon} name=${icon} /></span>${label}
  </a>`;
  return html`<nav class="tabs" aria-label=${t("nav.label")}>
    ${tab("/", "house", t("nav.home"), ["home"])}
    ${tab("/library", "library", t("nav.library"), SHELVES, mayRip.value && reviewCount.value > 0)}
    ${mayRip.value && tab("/add", "circle-plus", t("nav.add"), ["add"])}
    ${isShared.value ? tab("/who", "users", t("nav.who"), ["who"]) : me.value?.role !== "kid" && tab("/settings", "user", t("nav.you"), SETTINGS)}
  </nav>`;
}
