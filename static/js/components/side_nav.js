/** Where one can go, beside the page. */
import { html } from "htm/preact";
import { number } from "../format.js";
import { countOf, placesFor } from "../places.js";
import { place } from "../router.js";
import { isShared, mayRip, me, reviewCount, server, stats } from "../store.js";
import { t } from "../strings.js";
import { Icon } from "./icon.js";

export function SideNav() {
  const counts = stats.value?.counts;
  const here = place.value.name;
  /** @param {string} href @param {string} icon @param {string} label @param {readonly string[]} names @param {number} [count] */
  const entry = (href, icon, label, names, count) => html`<a
    class="nav"
    key=${href}
    href=${href}
    aria-current=${names.includes(here) ? "page" : undefined}
  >
    <${Icon} name=${icon} />${label}${count ? html`<span class="nav__count">${number(count)}</span>` : null}
  </a>`;
  return html`<aside class="side">
    <a class="brand" href="/"><span class="brand__mark" aria-hidden="true"></span>${server.value?.library_name}</a>
    <nav class="side__nav" aria-label=${t("nav.label")}>
      ${entry("/", "house", t("nav.home"), ["home"])}
      ${placesFor(counts).map((one) => entry(one.href, one.icon, t(one.label), one.names, countOf(one, counts)))}
      <span class="side__rest"></span>
      ${mayRip.value && html`<a class="nav" href="/review" aria-current=${here === "review" ? "page" : undefined}>
        <${Icon} name="list-checks" />${t("nav.review")}${reviewCount.value > 0 && html`<span class="nav__badge">${number(reviewCount.value)}</span>`}
      </a>`}
      ${mayRip.value && entry("/bin", "trash-2", t("nav.bin"), ["bin"])}
      ${isShared.value && entry("/who", "users", t("nav.who"), ["who"])}
      ${me.value?.role !== "kid" && !isShared.value && entry("/settings/account", "settings", t("nav.settings"), SETTINGS)}
    </nav>
  </aside>`;
}

const SETTINGS = ["settings", "account", "keys", "libraries", "names", "discs", "downloads", "podcast_rules", "sites", "people", "about"];
