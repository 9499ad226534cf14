/** One of a few orders of a list, kept in the address. */
import { html } from "htm/preact";
import { navigate, place } from "../router.js";
import { t } from "../strings.js";
import { typed } from "../typed.js";
import { Icon } from "./icon.js";

/**
 * @template {string} T
 * @param {{ orders: readonly T[], value: T, label: (order: T) => string }} props
 */
export function SortBy({ orders, value, label }) {
  /** @param {string} sort */
  const choose = (sort) => {
    const query = new URLSearchParams(place.value.query);
    query.set("sort", sort);
    navigate(`${place.value.path}?${query}`, { replace: true, keepFocus: true });
  };
  return html`<label class="select select--bare">
    <span class="unseen">${t("sort.label")}</span>
    <select class="select__input" value=${value} onChange=${typed(choose)}>
      ${orders.map((order) => html`<option
        key=${order}
        value=${order}
        selected=${order === value}
      >${label(order)}</option>`)}
    </select>
    <${Icon} name="chevron-down" />
  </label>`;
}
