/** Every shelf of the library on one page, for a phone that has no room beside the page. */
import { html } from "htm/preact";
import { Icon } from "../components/icon.js";
import { PageHead } from "../components/page_head.js";
import { number } from "../format.js";
import { countOf, placesFor } from "../places.js";
import { stats } from "../store.js";
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
    </ul>
  `;
}
