/** Every article that is kept, unread ones first to be found. */
import { html } from "htm/preact";
import { api } from "../api.js";
import { Choice } from "../components/choice.js";
import { MarksLink } from "../components/marks_link.js";
import { StoryCard } from "../components/story_card.js";
import { wishesOf, wishing } from "../list_query.js";
import { navigate, place } from "../router.js";
import { mayRip } from "../store.js";
import { t } from "../strings.js";
import { CatalogueView } from "./catalogue.js";

/** @import { Card } from "../types.js" */

const SORTS = /** @type {const} */ (["added", "published", "title"]);
const STANDINGS = /** @type {const} */ ({ all: null, unread: "unfinished", read: "finished" });
const FILTERS = /** @type {const} */ (["all", "unread", "read"]);

export function ArticlesView() {
  const standing = wishesOf(place.value.query).standing ?? null;
  const filter = FILTERS.find((one) => STANDINGS[one] === standing) ?? null;
  /** @param {typeof FILTERS[number]} value */
  const choose = (value) => {
    const query = wishing(place.value.query, "standing", STANDINGS[value]).toString();
    navigate(query ? `/articles?${query}` : "/articles", { replace: true, keepFocus: true });
  };
  return html`<${CatalogueView}
    name="articles"
    title=${t("nav.articles")}
    shape="story"
    icon="file-text"
    empty=${t("articles.empty")}
    emptyText=${mayRip.value ? t("articles.emptyText") : t("articles.emptyKid")}
    emptyAction=${mayRip.value && html`<a class="button button--accent" href="/add">${t("action.add")}</a>`}
    tools=${html`<${Choice}
      quiet
      label=${t("articles.filter")}
      value=${filter}
      options=${FILTERS.map((value) => ({ value, label: t(`articles.${value}`) }))}
      onChange=${choose}
    /><${MarksLink} />`}
    narrowable=${{ work: null, type: "article", isPicture: false, isText: true }}
    sorts=${SORTS}
    list="library"
    type="article"
    kind="ids"
    byMonth
    countText=${(/** @type {number} */ count) => t("count.articles", { count })}
    load=${(/** @type {any} */ query, /** @type {any} */ options) => api.library({ type: "article", ...query }, options)}
    keyOf=${(/** @type {Card} */ card) => card.id}
    render=${(/** @type {Card} */ card) => html`<${StoryCard} card=${card} />`}
  />`;
}
