/** The order of a list, kept in the address. */
import { html } from "htm/preact";
import { navigate, place } from "../router.js";
import { t } from "../strings.js";
import { Icon } from "./icon.js";
import { IconButton } from "./icon_button.js";

/** @typedef {"added" | "title" | "year" | "published"} Sort */
/** @typedef {{ sort: Sort, direction: "asc" | "desc" }} Order */

/** @type {readonly Sort[]} */
const SORTS = ["added", "title", "year"];

/** The order that the address asks for; names run forwards, dates backwards. @param {readonly Sort[]} [sorts] @returns {Order} */
export function currentOrder(sorts = SORTS) {
  const asked = place.value.query.get("sort");
  const sort = sorts.find((one) => one === asked) ?? "added";
  const way = place.value.query.get("direction");
  const direction = way === "asc" || way === "desc" ? way : sort === "title" ? "asc" : "desc";
  return { sort, direction };
}

/** @param {{ order: Order, sorts?: readonly Sort[] }} props */
export function SortControl({ order, sorts = SORTS }) {
  /** @param {Partial<Order>} change */
  const choose = (change) => {
    const query = new URLSearchParams(place.value.query);
    query.delete("direction");
    for (const [name, value] of Object.entries({ sort: order.sort, ...change })) query.set(name, value);
    navigate(`${place.value.path}?${query}`, { replace: true, keepFocus: true });
  };
  const up = order.direction === "asc";
  return html`<label class="select select--bare">
      <span class="unseen">${t("sort.label")}</span>
      <select
        class="select__input"
        value=${order.sort}
        onChange=${(/** @type {any} */ event) => choose({ sort: event.target.value })}
      >
        ${sorts.map((sort) => html`<option
          key=${sort}
          value=${sort}
          selected=${sort === order.sort}
        >${t(`sort.${sort}`)}</option>`)}
      </select>
      <${Icon} name="chevron-down" />
    </label>
    <${IconButton}
      icon=${up ? "arrow-up-narrow-wide" : "arrow-down-wide-narrow"}
      label=${up ? t("sort.asc") : t("sort.desc")}
      onClick=${() => choose({ direction: up ? "desc" : "asc" })}
    />`;
}
