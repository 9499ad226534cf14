/** Add: one box for an address, what was found there, and what is on its way. */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { content } from "../api_content.js";
import { addPath, handed } from "../arrivals.js";
import { AddBox } from "../components/add_box.js";
import { AddWays } from "../components/add_ways.js";
import { AlreadyHere } from "../components/already_here.js";
import { ContentJobs } from "../components/content_jobs.js";
import { Finding } from "../components/finding.js";
import { Icon } from "../components/icon.js";
import { PageHead } from "../components/page_head.js";
import { PageOffer } from "../components/page_offer.js";
import { UnfinishedUploads } from "../components/unfinished_uploads.js";
import { UploadList } from "../components/upload_list.js";
import { addressIn, hostOf } from "../links.js";
import { useResource } from "../resource.js";
import { navigate, place } from "../router.js";
import { announce, mayRip, putJob } from "../store.js";
import { t } from "../strings.js";
import { takeDropped } from "../components/file_picker.js";
import { NotFoundView } from "./not_found.js";

/** @import { Added, Examination } from "../types.js" */

/** @typedef {{ title: string, added: Added }} Landed */

export function AddView() {
  const [landed, setLanded] = useState(/** @type {Landed | null} */ (null));
  const [fragment, setFragment] = useState(() => location.hash);
  const dropped = handed.value;
  useEffect(() => {
    if (!dropped) return;
    handed.value = null;
    void takeDropped(dropped);
  }, [dropped]);
  if (!mayRip.value) return html`<${NotFoundView} />`;

  const asked = askedFor(place.value.query);
  /** @param {string} address */
  const ask = (address) => {
    setLanded(null);
    setFragment("");
    navigate(address ? addPath(address) : "/add", { replace: true, keepFocus: true });
  };
  /** @param {Added} added @param {string} title */
  const land = (added, title) => {
    if (added.job) putJob(added.job);
    if (added.podcast_id) return navigate(`/podcasts/${added.podcast_id}`);
    ask("");
    setLanded({ title, added });
    announce(landedWords({ title, added }));
    return undefined;
  };
  const sent = fragment.startsWith("#page=");
  return html`
    <${PageHead} title=${t("nav.add")} />
    <div class="section section--narrow add">
      <${AddBox} asked=${asked} onAsk=${ask} />
      ${asked && sent && html`<${PageOffer} url=${asked} fragment=${fragment} onAdded=${land} />`}
      ${asked && !sent && html`<${Examined} key=${asked} url=${asked} onAdded=${land} />`}
      ${landed && !asked && html`<${LandedStrip} landed=${landed} />`}
      <${UploadList} most=${10} />
      <${UnfinishedUploads} />
      <${ContentJobs} />
      ${!asked && html`<${AddWays} />`}
      <${ContentJobs} ended />
    </div>
  `;
}

/** An app that shares puts the address where it likes: in the address, the text or even the title. @param {URLSearchParams} query */
function askedFor(query) {
  const [url, text, title] = [query.get("url"), query.get("text"), query.get("title")];
  return addressIn(url) ?? addressIn(text) ?? addressIn(title) ?? (url || text || "").trim();
}

/** @param {{ url: string, onAdded: (added: Added, title: string) => void }} props */
function Examined({ url, onAdded }) {
  const [attempt, setAttempt] = useState(0);
  const resource = useResource(`examine:${url}:${attempt}`, (options) => content.examine(url, options));
  const [anyway, setAnyway] = useState(false);
  const found = resource.value;
  useEffect(() => announce(found?.readings[0]?.title ?? ""), [found]);
  if (resource.error) return html`<section class="finding finding--bad" role="alert">
    <p class="finding__error"><${Icon} name="circle-alert" />${resource.error.message}</p>
    <div class="finding__foot"><button
      type="button"
      class="button"
      onClick=${() => setAttempt(attempt + 1)}
    ><${Icon} name="refresh-cw" />${t("action.tryAgain")}</button></div>
  </section>`;
  if (!found) return html`<${Looking} url=${url} />`;
  if (found.existing && !anyway) return html`<${AlreadyHere} id=${found.existing}>
    <${Again} examination=${found} onAdded=${onAdded} />
    ${found.readings.length > 1 && html`<button
      type="button"
      class="button button--plain"
      onClick=${() => setAnyway(true)}
    >${t("add.otherway")}</button>`}
  <//>`;
  return html`<${Finding}
    examination=${found}
    onAdded=${(/** @type {Added} */ added, /** @type {{ title: string }} */ reading) => onAdded(added, reading.title || hostOf(url))}
  />`;
}

/** A page changes; what was kept of it stays as an earlier version.
 *  @param {{ examination: Examination, onAdded: (added: Added, title: string) => void }} props */
function Again({ examination: { existing, readings }, onAdded }) {
  const [error, setError] = useState(/** @type {string | null} */ (null));
  const article = readings[0]?.kind === "article" ? readings[0] : null;
  if (!existing || !article) return null;
  const fetchAgain = async () => {
    try {
      onAdded(await content.refreshArticle(existing), article.title);
    } catch (reason) {
      setError(reason instanceof Error ? reason.message : t("error.unexpected"));
    }
  };
  return html`<button
    type="button"
    class="button button--plain"
    onClick=${fetchAgain}
  ><${Icon} name="refresh-cw" />${t("add.again")}</button>
    ${error && html`<p class="form__error" role="alert">${error}</p>`}`;
}

/** @param {{ url: string }} props */
function Looking({ url }) {
  return html`<section class="finding" role="status">
    <div class="finding__head finding__head--wide">
      <span class="finding__picture finding__picture--wide bone"></span>
      <div class="finding__words">
        <p class="finding__kind">${t("add.looking", { host: hostOf(url) })}</p>
        <span class="bone bone--heading"></span><span class="bone bone--short"></span>
      </div>
    </div>
  </section>`;
}

/** What is fetched already is on its way, not here. @param {Landed} landed */
const landedWords = ({ title, added }) => t(added.existing && !added.job ? "add.existingTitle" : "add.landed", { title });

/** @param {{ landed: Landed }} props */
function LandedStrip({ landed }) {
  const { added } = landed;
  const href = added.media_id ? `/item/${added.media_id}` : added.collection_id ? `/collections/${added.collection_id}` : null;
  return html`<p class="landed">
    <${Icon} name="circle-check" /><span class="landed__words">${landedWords(landed)}</span>
    ${href && html`<a class="button" href=${href}>${t("add.open")}</a>`}
  </p>`;
}
