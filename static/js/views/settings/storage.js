/** Storage: the disks, what takes the room on them, the largest items, and what the program keeps for itself. */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { storage } from "../../api_storage.js";
import { Choice } from "../../components/choice.js";
import { ErrorState } from "../../components/error_state.js";
import { TextSkeleton } from "../../components/skeleton.js";
import { SliceMap } from "../../components/slice_map.js";
import { VolumeCard } from "../../components/volume_card.js";
import { date, size } from "../../format.js";
import { onlyFor } from "../../only_for.js";
import { usePageTitle } from "../../page_title.js";
import { useResource } from "../../resource.js";
import { navigate, place } from "../../router.js";
import { isAdmin, toastError } from "../../store.js";
import { BY, sliceName } from "../../storage_words.js";
import { t } from "../../strings_storage.js";
import { cardHref, codecName, episodeCode, joinDots } from "../../words.js";
import { Panel, SettingsFrame } from "./frame.js";

/** @import { LargeItem, Report, Slice, Which } from "../../api_storage.js" */
/** @import { By } from "../../storage_words.js" */

const DAY_MS = 86_400_000;

export const StorageView = onlyFor(isAdmin, Report);

function Report() {
  usePageTitle(t("storage.title"));
  const { value: report, error, reload } = useResource("storage", (options) => storage.report(options));
  return html`<${SettingsFrame} title=${t("storage.title")}>
    ${error && !report && html`<${ErrorState} error=${error} onRetry=${reload} />`}
    ${!report && !error && html`<${TextSkeleton} lines=${8} />`}
    ${report && html`
      <${Panel} title=${t("storage.volumes")}>
        <ul class="disks">${report.volumes.map((volume) => html`<${VolumeCard} key=${volume.key} volume=${volume} />`)}</ul>
      <//>
      <${What} report=${report} />
      <${Besides} report=${report} />
      <${Own} />`}
  <//>`;
}

/** @param {{ report: Report }} props */
function What({ report }) {
  const { query } = place.value;
  const by = BY.find((one) => one === query.get("by")) ?? "kind";
  const chosen = query.get("of");
  const slices = /** @type {Record<By, Slice[]>} */ ({
    kind: report.by_kind, codec: report.by_codec, year: report.by_year, seen: report.by_seen, person: report.by_person,
  })[by];
  const slice = slices.find((one) => one.key === chosen) ?? null;
  /** @param {Slice} one */
  const hrefOf = (one) => (one.key === "…" || (by === "codec" && !one.key) || (by === "seen" && one.key === "month")
    ? null
    : `/settings/storage?by=${by}${one.key === chosen ? "" : `&of=${encodeURIComponent(one.key)}`}`);
  if (!report.by_kind.length) return html`<${Panel} title=${t("storage.what")}><p class="panel__note">${t("storage.nothing")}</p><//>`;
  return html`<${Panel} title=${t("storage.what")}>
      <${Choice}
        quiet
        label=${t("storage.by")}
        value=${by}
        options=${BY.map((value) => ({ value, label: t(`storage.by.${value}`) }))}
        onChange=${(/** @type {By} */ value) => navigate(`/settings/storage?by=${value}`, { replace: true, keepFocus: true })}
      />
      <${SliceMap} by=${by} slices=${slices} chosen=${chosen} hrefOf=${hrefOf} />
    <//>
    <${Largest} key=${`${by} ${chosen}`} name=${slice && sliceName(by, slice)} which=${slice ? whichOf(by, slice.key) : {}} />`;
}

/** @param {By} by @param {string} key @returns {Which} */
function whichOf(by, key) {
  if (by === "kind") return { kind: key };
  if (by === "codec") return { codec: key };
  if (by === "year") return { year: key };
  if (by === "person") return { added_by: key };
  return { unseen_since: key === "never" ? 0 : Date.now() - (key === "earlier" ? 365 : 30) * DAY_MS };
}

/** @param {{ name: string | null, which: Which }} props */
function Largest({ name, which }) {
  const [items, setItems] = useState(/** @type {LargeItem[] | null} */ (null));
  const [count, setCount] = useState(0);
  /** @param {number} offset */
  const load = async (offset) => {
    try {
      const page = await storage.largest({ ...which, offset });
      setItems((before) => [...(offset && before ? before : []), ...page.items]);
      setCount(page.count);
    } catch (error) {
      toastError(error);
    }
  };
  useEffect(() => void load(0), []);
  return html`<${Panel} title=${name ? t("storage.largestOf", { name }) : t("storage.largest")}>
    ${!items && html`<${TextSkeleton} lines=${5} />`}
    ${items && html`<ol class="rows">${items.map((item) => html`<li key=${item.media_id} class="row row--large">
      <a class="row__words" href=${cardHref({ id: item.media_id, media_type: item.media_type })}>
        <span class="row__title">${item.show_title && item.media_type === "episode" ? item.show_title : item.title}</span>
        <span class="row__sub">${joinDots([
          item.media_type === "episode" ? `${episodeCode(item)} ${item.title}` : item.year && String(item.year),
          item.codec && codecName(item.codec),
          date(item.added_at),
        ])}</span>
      </a>
      <span class="slice__size">${size(item.size_bytes)}</span>
    </li>`)}</ol>`}
    ${items && items.length < count && html`<button
      type="button"
      class="button"
      onClick=${() => load(items.length)}
    >${t("storage.more")}</button>`}
  <//>`;
}

/** @param {{ report: Report }} props */
function Besides({ report }) {
  const beside = report.beside.reduce((sum, one) => sum + one.size_bytes, 0);
  const count = report.beside.reduce((sum, one) => sum + one.count, 0);
  if (!count && !report.bin.count) return null;
  return html`<${Panel} title=${t("storage.besides")}>
    <ul class="rows">
      ${count > 0 && html`<li class="row">
        <span class="row__words"><span class="row__title">${t("storage.beside")}</span><span class="row__sub">${t("storage.besideNote")}</span></span>
        <span class="slice__size">${size(beside)}</span>
      </li>`}
      ${report.bin.count > 0 && html`<li class="row">
        <a class="row__words" href="/bin"><span class="row__title">${t("storage.bin")}</span><span class="row__sub">${t("storage.items", { count: report.bin.count })}</span></a>
        <span class="slice__size">${size(report.bin.size_bytes)}</span>
      </li>`}
    </ul>
  <//>`;
}

function Own() {
  const { value } = useResource("storage-own", (options) => storage.own(options));
  return html`<${Panel} title=${t("storage.own")} note=${t("storage.ownNote")}>
    ${!value && html`<${TextSkeleton} lines=${4} />`}
    ${value && html`<ul class="rows">${value.parts.map((part) => html`<li key=${part.key} class="row">
      <span class="row__words"><span class="row__title">${t(/** @type {"storage.own.other"} */ (`storage.own.${part.key}`))}</span></span>
      <span class="slice__size">${size(part.size_bytes)}</span>
    </li>`)}</ul>`}
  <//>`;
}
