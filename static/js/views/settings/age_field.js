/** Up to which age rating a child sees films and shows, and whether also what has none. */
import { html } from "htm/preact";
import { Field } from "../../components/field.js";
import { Switch } from "../../components/switch.js";
import { t } from "../../strings_people.js";
import { typed } from "../../typed.js";

/** @import { Person } from "../../types.js" */
/** @typedef {{ max_age: number | null, sees_unrated: boolean }} Limit */

/** The ages at which ratings of the larger systems begin. */
const AGES = [0, 6, 7, 8, 10, 12, 13, 14, 15, 16, 17];

/** @param {Person} person @returns {Limit} */
export const limitOf = (person) => ({ max_age: person.max_age, sees_unrated: person.sees_unrated });

/** @param {{ limit: Limit, onChange: (limit: Limit) => void }} props */
export function AgeField({ limit, onChange }) {
  const known = limit.max_age === null || AGES.includes(limit.max_age) ? AGES : [...AGES, limit.max_age].sort((a, b) => a - b);
  const choose = (/** @type {string} */ age) => onChange(
    age === "" ? { max_age: null, sees_unrated: false } : { ...limit, max_age: Number(age) },
  );
  return html`<${Field} label=${t("people.age")}>
      <select class="input input--select" value=${limit.max_age === null ? "" : String(limit.max_age)} onChange=${typed(choose)}>
        <option value="" selected=${limit.max_age === null}>${t("people.ageAll")}</option>
        ${known.map((age) => html`<option key=${age} value=${String(age)} selected=${limit.max_age === age}>${t("people.ageUpTo", { age })}</option>`)}
      </select>
    <//>
    ${limit.max_age !== null && html`<${Switch}
      label=${t("people.unrated")}
      hint=${t("people.unratedHint")}
      checked=${limit.sees_unrated}
      onChange=${(/** @type {boolean} */ on) => onChange({ ...limit, sees_unrated: on })}
    />`}`;
}
