/** The rule of a smart collection, written as a sentence, with what it finds while it is written. */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { lists } from "../api_lists.js";
import { reading } from "../api_reading.js";
import { works } from "../api_works.js";
import { useResource } from "../resource.js";
import { askable, changed, FIELDS, MOST_CONDITIONS, MOST_ITEMS, newCondition, withCondition } from "../smart_rule.js";
import { t } from "../strings_lists.js";
import { typed } from "../typed.js";
import { Cover } from "./cover.js";
import { Icon } from "./icon.js";
import { IconButton } from "./icon_button.js";
import { languageName } from "./list_filter.js";

/** @import { Card } from "../types.js" */
/** @import { Condition, Field, Op, Rule } from "../smart_rule.js" */

const SORTS = /** @type {const} */ (["added", "title", "year", "duration"]);
const QUIET_MS = 250;

/** @param {{ rule: Rule, onChange: (rule: Rule) => void }} props */
export function RuleBuilder({ rule, onChange }) {
  const tags = useResource("tags:all", (options) => works.genres(null, options));
  const collections = useResource("collections", reading.collections);
  const manual = (collections.value?.collections ?? []).filter((one) => one.kind !== "smart");
  /** @param {Partial<Rule>} change */
  const put = (change) => onChange({ ...rule, ...change });
  return html`<div class="rule">
    <p class="rule__line">
      ${t("rule.everything")}
      <${Select} value=${rule.match} options=${["all", "any"].map((one) => ({ value: one, label: t(`rule.match.${/** @type {"all"} */ (one)}`) }))}
        label=${t("rule.match")} onChange=${(/** @type {"all"} */ match) => put({ match })} />
      ${t("rule.fits")}
    </p>
    <ul class="rule__conditions">
      ${rule.conditions.map((condition, index) => html`<li key=${index} class="rule__condition">
        <${ConditionRow}
          condition=${condition}
          names=${{ genre: tags.value?.genres ?? [], tag: tags.value?.tags ?? [] }}
          collections=${manual}
          onChange=${(/** @type {Condition} */ next) => onChange(withCondition(rule, index, next))}
        />
        <${IconButton} icon="x" label=${t("rule.drop", { number: index + 1 })} disabled=${rule.conditions.length < 2}
          onClick=${() => onChange(withCondition(rule, index, null))} />
      </li>`)}
    </ul>
    <button
      type="button"
      class="button rule__more"
      disabled=${rule.conditions.length >= MOST_CONDITIONS}
      onClick=${() => put({ conditions: [...rule.conditions, newCondition("genre")] })}
    ><${Icon} name="plus" />${t("rule.add")}</button>
    <p class="rule__line">
      ${t("rule.order")}
      <${Select} label=${t("rule.sort")} value=${rule.sort} options=${SORTS.map((one) => ({ value: one, label: t(`rule.sort.${one}`) }))}
        onChange=${(/** @type {Rule["sort"]} */ sort) => put({ sort, descending: sort !== "title" })} />
      <${Select} label=${t("rule.direction")} value=${rule.descending ? "down" : "up"}
        options=${[{ value: "down", label: t(`rule.down.${rule.sort}`) }, { value: "up", label: t(`rule.up.${rule.sort}`) }]}
        onChange=${(/** @type {string} */ way) => put({ descending: way === "down" })} />
    </p>
    <p class="rule__line">
      <${Select} label=${t("rule.limit")} value=${rule.limit === null ? "all" : "some"}
        options=${[{ value: "all", label: t("rule.limit.all") }, { value: "some", label: t("rule.limit.some") }]}
        onChange=${(/** @type {string} */ one) => put({ limit: one === "all" ? null : 50 })} />
      ${rule.limit !== null && html`<input class="input rule__number" type="number" min="1" max=${MOST_ITEMS} value=${rule.limit} aria-label=${t("rule.limit.many")}
        onInput=${typed((text) => put({ limit: Number(text) || 1 }))} />`}
    </p>
    <${Found} rule=${rule} />
  </div>`;
}

/** @param {{ condition: Condition, names: Record<string, { name: string }[]>, collections: { id: string, title: string }[], onChange: (next: Condition) => void }} props */
function ConditionRow({ condition, names, collections, onChange }) {
  const { field, op, value } = condition;
  const kind = FIELDS[field];
  /** @param {Partial<Condition>} change */
  const put = (change) => onChange(changed(condition, change));
  const choices = field === "collection" ? collections.map((one) => ({ value: one.id, label: one.title })) : (kind.choices ?? []).map((one) => ({ value: one, label: choiceName(field, one) }));
  const shown = choices.some((one) => one.value === value) ? choices : [{ value: String(value), label: value === "" ? t("rule.choose") : String(value) }, ...choices];
  const list = names[field] ? `names-${field}` : undefined;
  return html`
    <${Select} label=${t("rule.field")} value=${field} options=${Object.keys(FIELDS).map((one) => ({ value: one, label: t(`rule.field.${/** @type {Field} */ (one)}`) }))}
      onChange=${(/** @type {Field} */ next) => put({ field: next })} />
    <${Select} label=${t("rule.op")} value=${op} options=${kind.ops.map((one) => ({ value: one, label: opName(field, one) }))} onChange=${(/** @type {Op} */ next) => put({ op: next })} />
    ${kind.input === "choice" && html`<${Select} label=${t("rule.value")} value=${String(value)} options=${shown} onChange=${(/** @type {string} */ next) => put({ value: next })} />`}
    ${kind.input === "text" && html`<input class="input rule__text" maxlength="200" list=${list} value=${value} aria-label=${t("rule.value")} onInput=${typed((text) => put({ value: text }))} />`}
    ${list && html`<datalist id=${list}>${names[field]?.map(({ name }) => html`<option key=${name} value=${name} />`)}</datalist>`}
    ${kind.input === "number" && html`<span class="rule__amount">
      <input class="input rule__number" type="number" min="0" max=${kind.most} step=${kind.step ?? 1} value=${value} aria-label=${t("rule.value")}
        onInput=${typed((text) => put({ value: text === "" ? "" : Number(text) }))} />
      ${unitName(field)}
    </span>`}
  `;
}

/** How much the rule finds, and the first of it. @param {{ rule: Rule }} props */
function Found({ rule }) {
  const [found, setFound] = useState(/** @type {{ count: number, sample: Card[] } | null} */ (null));
  const [problem, setProblem] = useState(/** @type {string | null} */ (null));
  const asked = JSON.stringify(askable(rule));
  useEffect(() => {
    const control = new AbortController();
    const wait = setTimeout(() => {
      if (asked === "null") return setFound(null);
      lists.countRule(JSON.parse(asked), { signal: control.signal }).then(
        (answer) => {
          setFound(answer);
          setProblem(null);
        },
        (error) => {
          if (!control.signal.aborted) setProblem(error.message);
        },
      );
    }, QUIET_MS);
    return () => {
      clearTimeout(wait);
      control.abort();
    };
  }, [asked]);
  return html`<div class="rule__found">
    <strong class="rule__count" role="status">${problem ?? (found ? t("rule.found", { count: found.count }) : t("rule.nothingYet"))}</strong>
    <ul class="rule__sample">
      ${(found?.sample ?? []).map((card) => html`<li key=${card.id} class="rule__cover"><${Cover} id=${card.id} title=${card.title} hue=${card.hue} artwork=${card.artwork} shape="poster" /></li>`)}
    </ul>
  </div>`;
}

/** @param {{ label: string, value: string, options: { value: string, label: string }[], onChange: (value: any) => void }} props */
function Select({ label, value, options, onChange }) {
  return html`<span class="select rule__select">
    <select class="select__input" aria-label=${label} value=${value} onChange=${typed(onChange)}>
      ${options.map((one) => html`<option key=${one.value} value=${one.value} selected=${one.value === value}>${one.label}</option>`)}
    </select>
    <${Icon} name="chevron-down" />
  </span>`;
}

/** @param {Field} field @param {string} value */
function choiceName(field, value) {
  if (field === "language") return languageName(value);
  if (field === "resolution") return t(`narrow.resolution.${/** @type {"sd"} */ (value)}`);
  if (field === "watched") return t(`rule.watched.${/** @type {"began"} */ (value)}`);
  return t(`rule.type.${/** @type {"movie"} */ (value)}`);
}

/** @param {Field} field @param {Op} op */
function opName(field, op) {
  if (field === "added") return t(op === "at_most" ? "rule.op.within" : "rule.op.before");
  if (field === "hdr") return t(op === "is" ? "rule.op.true" : "rule.op.false");
  return t(`rule.op.${op}`);
}

/** @param {Field} field */
function unitName(field) {
  if (field === "added") return t("rule.unit.days");
  if (field === "duration") return t("rule.unit.minutes");
  if (field === "min_age") return t("rule.unit.years");
  return field === "rating" ? t("rule.unit.rating") : "";
}
