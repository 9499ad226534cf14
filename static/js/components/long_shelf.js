/** A list of any length with what belongs to it: letters or months at its side, what is selected, and what is done with that. */
import { html } from "htm/preact";
import { useCallback, useMemo, useRef } from "preact/hooks";
import { lists } from "../api_lists.js";
import { markMany } from "../bulk.js";
import { enqueue } from "../queueing.js";
import { useSelection } from "../use_selection.js";
import { BulkBar } from "./bulk_bar.js";
import { ErrorState } from "./error_state.js";
import { LetterRail } from "./letter_rail.js";
import { ListRow } from "./list_row.js";
import { LongGrid } from "./long_grid.js";
import { Pick } from "./pick.js";

/** @import { Kind } from "../bulk.js" */
/** @import { Shape } from "../grid_rows.js" */
/** @import { LongList } from "../long_list.js" */
/** @import { Card, Children, Group } from "../types.js" */

const PLAYABLE = new Set(["movie", "video"]);
/** From how many on letters are of help. */
const MANY = 60;

/**
 * @template {Card | Group} T
 * @param {{ name: string, items: LongList<T>, label: string, shape: Shape, look: "grid" | "list", keyOf: (item: T) => string,
 *   render: (item: T) => Children, hrefOf?: (item: T) => string, kind?: Kind | null, type?: string, isText?: boolean,
 *   isWork?: boolean, question: Record<string, string> }} props
 *   `name` names the list with its order and what narrows it, `question` is what the server was asked, `kind` how what is selected
 *   is named to it, `isText` what is read and not watched, `isWork` what can be identified and have tags
 */
export function LongShelf({ name, items, label, shape, look, keyOf, render, hrefOf, kind = null, type, isText = false, isWork = false, question }) {
  const jump = useRef(/** @type {((index: number) => void) | null} */ (null));
  const want = useCallback((/** @type {number} */ first, /** @type {number} */ last) => items.want(first, last), [items]);
  const canMark = kind !== null && kind !== "albums";
  const { selection, toggle, all, end } = useSelection({
    list: name,
    items,
    keyOf,
    kind,
    allIds: kind === "ids" ? () => lists.ids(question) : null,
    onMark: canMark ? (keys, first) => void markMany(kind, keys, !isSeen(first), { isText }) : null,
  });
  const isChoosing = selection.chosen.size > 0;
  const isRailed = items.count > MANY && items.letters.length > 1;

  // A selection that changes draws everything again; a list that scrolls draws only what comes.
  const token = useMemo(() => ({}), [selection, look, items, name]);
  /** @param {T} item @param {number} index */
  const draw = (item, index) => {
    const inside = look === "list"
      ? html`<${ListRow} item=${item} shape=${shape === "story" ? "wide" : shape} href=${hrefOf?.(item)} />`
      : render(item);
    if (!kind) return inside;
    const own = keyOf(item);
    return html`<${Pick}
      title=${item.title}
      isChosen=${selection.chosen.has(own)}
      isChoosing=${isChoosing}
      onToggle=${(/** @type {{ range: boolean }} */ how) => toggle(own, index, how.range)}
    >${inside}<//>`;
  };
  const queue = () => {
    enqueue(/** @type {Card[]} */ (items.loaded().map(([, item]) => item).filter((item) => selection.chosen.has(keyOf(item)))));
    end();
  };
  return html`
    <div class=${isRailed ? "with-rail" : ""}>
      <${LongGrid}
        count=${items.count}
        at=${(/** @type {number} */ index) => items.at(index)}
        want=${want}
        shape=${shape}
        look=${look}
        label=${label}
        keyOf=${keyOf}
        render=${draw}
        token=${token}
        jump=${jump}
      />
      ${isRailed && html`<${LetterRail} letters=${items.letters} onJump=${(/** @type {number} */ index) => jump.current?.(index)} />`}
    </div>
    ${items.error && html`<${ErrorState} error=${items.error} onRetry=${() => items.retry()} />`}
    ${kind && isChoosing && html`<${BulkBar}
      kind=${kind}
      selection=${selection}
      onAll=${all}
      onEnd=${end}
      onQueue=${PLAYABLE.has(type ?? "") ? queue : null}
      can=${{ mark: canMark, tag: isWork, identify: isWork, isText }}
    />`}
  `;
}

/** @param {Card | Group | undefined} item */
const isSeen = (item) => item !== undefined && ("kind" in item ? (item.watched ?? 0) >= item.count : item.progress?.finished === true);
