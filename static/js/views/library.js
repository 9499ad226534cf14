/** Every shelf of the library on one page, for a phone that has no room beside the page. */
import { html } from "htm/preact";
import { Icon } from "../components/icon.js";
import { PageHead } from "../components/page_head.js";
import { number } from "../format.js";
import { countOf, placesFor } from "../places.js";
import { mayRip, reviewCount, stats } from "../store.js";
import { t } from "../strings.js";

export function LibraryView() {
  const counts = stats.value?.counts;
  return html`
    <${PageHead} title=${t("nav.library")} />
    <ul class="places">
      ${placesFor(counts).map((one) => html`<li key=${one.href}>
        <a class="places__one" href=${one.href}>
          <span class="places__mark"><${Icon} name=${one.icon} /></span>
          <span class="places__name">${t(one.label)}</span>
          <span class="places__count">${countOf(one, counts) ? number(countOf(one, counts)) : ""}</span>
        </a>
      </li>`)}
      ${mayRip.value && html`<li>
        <a class="places__one" href="/review">
          <span class="places__mark"><${Icon} name="list-checks" /></span>
          <span class="places__name">${t("nav.review")}</span>
          ${reviewCount.value > 0 ? html`<span class="nav__badge">${number(reviewCount.value)}</span>` : html`<span class="places__count"></span>`}
        </a>
      </li>
      <li>
        <a class="places__one" href="/bin">
          <span class="places__mark"><${Icon} name="trash-2" /></span>
          <span class="places__name">${t("nav.bin")}</span>
          <span class="places__count"></span>
        </a>
      </li>`}
    </ul>
  `;
}
