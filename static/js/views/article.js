/** Reading an article: the text, a bar that gets out of the way, the place kept. */
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { binMedia } from "../actions.js";
import { api } from "../api.js";
import { articleEpubUrl, articlePageUrl, reading } from "../api_reading.js";
import { AddToCollection } from "../components/add_to_collection.js";
import { Highlighter } from "../components/highlighter.js";
import { Icon } from "../components/icon.js";
import { IconButton } from "../components/icon_button.js";
import { LookControls } from "../components/look_controls.js";
import { MarksDrawer } from "../components/marks_drawer.js";
import { Popover, PopoverAction } from "../components/popover.js";
import { ReaderError } from "../components/reader_error.js";
import { ReaderShell } from "../components/reader_shell.js";
import { ReadingFrame } from "../components/reading_frame.js";
import { date, percent, timeLeft } from "../format.js";
import { useMarks } from "../highlights.js";
import { lists } from "../api_lists.js";
import { lazy } from "../lazy.js";
import { usePageTitle } from "../page_title.js";
import { useFresh, usePlaceKeeper } from "../reading_place.js";
import { fromProgress, minutesLeft } from "../reading_position.js";
import { source } from "../reading_source.js";
import { back, navigate, place } from "../router.js";
import { isAdmin, libraryRevision, mayRip, putJob, toast, toastError } from "../store.js";
import { t } from "../strings_reading.js";
import { undoable } from "../undoing.js";
import { joinDots } from "../words.js";

/** @import { Highlight } from "../api_highlights.js" */
/** @import { Article } from "../types_reading.js" */
/** @import { Card } from "../types.js" */

const TakeAlong = lazy(() => import("../offline/text_button.js"), "DeviceAction", () => null);

/** From here on the record of progress counts a text as finished. */
const FINISHED = 0.95;

export function ArticleView() {
  const id = place.value.params.id ?? "";
  const resource = useFresh(`article:${id}`, (options) => source.article(id, options), libraryRevision.value);
  if (resource.error && !resource.value) return html`<${ReaderError}
    error=${resource.error}
    home="/articles"
    onRetry=${resource.reload}
  />`;
  if (!resource.value) return html`<div class="reader reader--waiting" aria-hidden="true"><div class="reader__bones bones">
    ${Array.from({ length: 9 }, (_, index) => html`<span key=${index} class="bone bone--row"></span>`)}
  </div></div>`;
  return html`<${ArticlePage} key=${id} article=${resource.value} onChange=${resource.reload} />`;
}

/** @param {{ article: Article, onChange: () => void }} props */
function ArticlePage({ article, onChange }) {
  usePageTitle(article.title);
  const begin = useRef(fromProgress(article.progress));
  const [fraction, setFraction] = useState(begin.current);
  const [collecting, setCollecting] = useState(false);
  const note = usePlaceKeeper(article.id);
  const marks = useMarks(article.id);
  const [inside, setInside] = useState(/** @type {Document | null} */ (null));
  const [wanted, setWanted] = useState(place.value.query.get("mark"));
  const [isListing, setListing] = useState(false);
  const version = place.value.query.get("version");
  const old = article.versions.find((one, index) => one.id === version && index > 0);
  const isDone = fraction >= FINISHED;
  const next = useNextUnread(article.id, isDone && !article.kept);

  /** @param {number} where @param {boolean} moved */
  const move = (where, moved) => {
    setFraction(where);
    if (moved) note(where);
  };
  /** @param {KeyboardEvent} event */
  const leave = (event) => {
    if (event.key === "Escape") back("/articles");
  };
  const rest = isDone ? t("reader.finished") : timeLeft(minutesLeft(article.minutes, fraction) * 60);
  const foot = html`
    <span class="reader__where">${joinDots([percent(fraction * 100), rest])}</span>
    ${old && html`<span class="reader__note">${t("article.oldVersion", { date: date(old.fetched_at) })}
      <a class="reader__link" href=${`/articles/${article.id}`}>${t("article.toNewest")}</a></span>`}
    ${isDone && next && html`<a
      class="button reader__next"
      href=${`/articles/${next.id}`}
    ><span class="reader__next-title">${t("reader.next", { title: next.title })}</span><${Icon} name="chevron-right" /></a>`}
  `;
  const tools = html`
    <${IconButton} icon="highlighter" label=${t("marks.open")} onClick=${() => setListing(true)} />
    <${LookControls} />
    ${!article.kept && html`<${ArticleMenu}
      article=${article}
      version=${version}
      isDone=${isDone || Boolean(article.progress?.finished)}
      onChange=${onChange}
      onCollect=${() => setCollecting(true)}
    />`}
  `;
  return html`<${ReaderShell} title=${article.title} home="/articles" fraction=${fraction} tools=${tools} foot=${foot} onKey=${leave}>
      ${(/** @type {HTMLElement | null} */ paper) => html`<${ReadingFrame}
        src=${articlePageUrl(article, version)}
        title=${t("reader.text", { title: article.title })}
        start=${begin.current}
        onMove=${move}
        onKey=${leave}
        onText=${setInside}
        paper=${paper}
      />
      ${inside && html`<${Highlighter} inside=${inside} chapter=${0} marks=${marks} wanted=${wanted} />`}`}
    <//>
    ${isListing && html`<${MarksDrawer}
      media=${article}
      marks=${marks}
      onGo=${(/** @type {Highlight} */ mark) => {
        setListing(false);
        setWanted(null);
        setTimeout(() => setWanted(mark.id));
      }}
      onClose=${() => setListing(false)}
    />`}
    ${collecting && html`<${AddToCollection} media=${article} onClose=${() => setCollecting(false)} />`}`;
}

/**
 * @param {{ article: Article, version: string | null, isDone: boolean, onChange: () => void,
 *   onCollect: () => void }} props
 */
function ArticleMenu({ article, version, isDone, onChange, onCollect }) {
  const refresh = async () => {
    try {
      const added = await reading.refreshArticle(article.id);
      if (added.job) putJob(added.job);
      toast(t("article.refreshing"));
    } catch (error) {
      toastError(error);
    }
  };
  const mark = async () => {
    try {
      const { undo } = await lists.mark({ ids: [article.id] }, !isDone);
      undoable(t(isDone ? "reader.markedUnread" : "reader.markedRead", { title: article.title }), async () => {
        await lists.unmark(undo);
        libraryRevision.value += 1;
      });
      libraryRevision.value += 1;
      onChange();
      back("/articles");
    } catch (error) {
      toastError(error);
    }
  };
  const remove = () => {
    void binMedia(/** @type {any} */ (article));
    back("/articles");
  };
  return html`<${Popover} icon="ellipsis" label=${t("action.more")}>
    ${(/** @type {() => void} */ close) => {
      const then = (/** @type {() => unknown} */ act) => () => {
        close();
        act();
      };
      return html`
        ${article.url && html`<${PopoverAction}
          icon="external-link"
          text=${t("article.original")}
          href=${article.url}
          away
          onClick=${close}
        />`}
        <${PopoverAction} icon="download" text=${t("article.epub")} href=${articleEpubUrl(article.id)} download onClick=${close} />
        <${PopoverAction}
          icon=${isDone ? "rotate-ccw" : "check"}
          text=${isDone ? t("reader.markUnread") : t("reader.markRead")}
          onClick=${then(mark)}
        />
        <${TakeAlong} text=${article} onChoose=${close} />
        ${mayRip.value && html`
          <${PopoverAction} icon="list-plus" text=${t("collect.add")} onClick=${then(onCollect)} />
          <${PopoverAction} icon="refresh-cw" text=${t("article.refresh")} onClick=${then(refresh)} />`}
        ${isAdmin.value && html`<${PopoverAction} icon="trash-2" text=${t("item.bin")} onClick=${then(remove)} />`}
        ${article.versions.length > 1 && html`<p class="popover__label">${t("article.versions")}</p>
          ${article.versions.map((one, index) => html`<${PopoverAction}
            key=${one.id}
            icon=${(version ?? article.versions[0]?.id) === one.id ? "check" : "history"}
            text=${t("article.version", { date: date(one.fetched_at), words: t("count.words", { count: one.words }) })}
            onClick=${then(() => showVersion(article.id, index === 0 ? null : one.id))}
          />`)}`}
      `;
    }}
  <//>`;
}

/** @param {string} id @param {string | null} version null is the newest */
function showVersion(id, version) {
  const query = version ? `?version=${encodeURIComponent(version)}` : "";
  navigate(`/articles/${id}${query}`, { replace: true, keepFocus: true });
}

/** The newest article that is not read yet, looked for when it is wanted. @param {string} id @param {boolean} isWanted */
function useNextUnread(id, isWanted) {
  const [next, setNext] = useState(/** @type {Card | null} */ (null));
  useEffect(() => {
    if (!isWanted) return undefined;
    const control = new AbortController();
    api.library({ type: "article", sort: "added", direction: "desc", limit: 50 }, { signal: control.signal }).then(
      (page) => setNext(page.items.find((card) => card.id !== id && !card.progress?.finished) ?? null),
      // Without a proposal there is still the way back.
      () => undefined,
    );
    return () => control.abort();
  }, [id, isWanted]);
  return next;
}
