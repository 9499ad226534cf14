/** One photo in the whole window: by keys, swipes and buttons to the next, with what is known of it. */
import { html } from "htm/preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { binMedia } from "../actions.js";
import { api, downloadUrl } from "../api.js";
import { photoUrl, shelves } from "../api_library.js";
import { ErrorState } from "../components/error_state.js";
import { Icon } from "../components/icon.js";
import { IconButton } from "../components/icon_button.js";
import { PhotoFacts } from "../components/photo_facts.js";
import { dayName } from "../photo_dates.js";
import { swipeOf } from "../photo_swipe.js";
import { useResource } from "../resource.js";
import { back, navigate, place } from "../router.js";
import { mayRip, toastError } from "../store.js";
import { t } from "../strings_library.js";

/** @import { Photo } from "../types_library.js" */

export function PhotoView() {
  const id = place.value.params.id ?? "";
  const resource = useResource(`photo:${id}`, (options) => shelves.photo(id, options));
  const [facts, setFacts] = useState(false);
  const [zoomed, setZoomed] = useState(false);
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  // The picture before stays until the next one is known.
  const last = useRef(/** @type {Photo | undefined} */ (undefined));
  if (resource.value) last.current = resource.value;
  const photo = resource.value ?? last.current;

  const leave = () => back("/home-media");
  /** @param {"previous" | "next"} way */
  const turn = (way) => {
    const to = resource.value?.neighbours[way];
    if (to) navigate(`/home-media/${to}`, { replace: true, keepFocus: true });
  };
  useEffect(() => setZoomed(false), [id]);
  useEffect(() => box.current?.focus(), []);
  useEffect(() => {
    document.documentElement.classList.add("is-playing");
    return () => document.documentElement.classList.remove("is-playing");
  }, []);
  useEffect(() => {
    if (photo) document.title = photo.title;
    for (const beside of [photo?.neighbours.next, photo?.neighbours.previous]) if (beside) new Image().src = photoUrl(beside, fullWidth());
  }, [photo]);
  useLayoutEffect(() => {
    /** @param {KeyboardEvent} event */
    const press = (event) => {
      if (event.metaKey || event.ctrlKey || event.altKey || document.querySelector("dialog[open]")) return;
      const act = { ArrowRight: () => turn("next"), ArrowLeft: () => turn("previous"), i: () => setFacts(!facts), z: () => setZoomed(!zoomed), Escape: leave }[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  });
  const start = useRef(/** @type {PointerEvent | null} */ (null));
  /** @param {PointerEvent} event */
  const lift = (event) => {
    const swipe = start.current && !zoomed ? swipeOf(start.current, event) : null;
    start.current = null;
    if (swipe === "left") turn("next");
    else if (swipe === "right") turn("previous");
    else if (swipe === "down") leave();
  };
  const remove = async () => {
    if (!photo) return;
    try {
      const media = await api.media(photo.id);
      const to = photo.neighbours.next ?? photo.neighbours.previous;
      await binMedia(media);
      navigate(to ? `/home-media/${to}` : "/home-media", { replace: true, keepFocus: true });
    } catch (error) {
      toastError(error);
    }
  };
  if (resource.error && !resource.value) return html`<div class="viewer viewer--error">
    <${ErrorState} error=${resource.error} onRetry=${resource.reload} />
    <button type="button" class="button" onClick=${leave}>${t("photo.close")}</button>
  </div>`;
  return html`<div class=${facts ? "viewer viewer--facts" : "viewer"} ref=${box} tabindex="-1" aria-label=${t("photo.hint")} role="group">
    <div
      class=${zoomed ? "viewer__stage viewer__stage--zoomed" : "viewer__stage"}
      onPointerDown=${(/** @type {PointerEvent} */ event) => (start.current = event)}
      onPointerUp=${lift}
      onPointerCancel=${() => (start.current = null)}
      onDblClick=${() => setZoomed(!zoomed)}
    >${photo && html`<${Picture} key=${photo.id} photo=${photo} zoomed=${zoomed} />`}</div>
    <div class="viewer__top">
      <${IconButton} icon="arrow-left" label=${t("photo.close")} onClick=${leave} />
      <div class="viewer__words"><h1 class="viewer__title">${photo?.title ?? ""}</h1>
        <p class="viewer__date">${photo?.taken_on ? dayName(photo.taken_on) : photo ? t("home.undated") : ""}</p></div>
      <${IconButton}
        icon=${zoomed ? "zoom-out" : "zoom-in"}
        label=${t("photo.zoom")}
        pressed=${zoomed}
        onClick=${() => setZoomed(!zoomed)}
      />
      ${photo && html`<a
        class="icon"
        href=${downloadUrl(photo.id)}
        download
        aria-label=${t("action.download")}
        title=${t("action.download")}
      ><${Icon} name="download" /></a>`}
      ${mayRip.value && html`<${IconButton} icon="trash-2" label=${t("item.bin")} onClick=${remove} />`}
      <${IconButton} icon="info" label=${t("photo.facts")} pressed=${facts} onClick=${() => setFacts(!facts)} />
    </div>
    ${photo?.neighbours.previous && html`<${IconButton}
      class="viewer__way viewer__way--back"
      icon="chevron-left"
      label=${t("photo.previous")}
      onClick=${() => turn("previous")}
    />`}
    ${photo?.neighbours.next && html`<${IconButton}
      class="viewer__way viewer__way--on"
      icon="chevron-right"
      label=${t("photo.next")}
      onClick=${() => turn("next")}
    />`}
    ${facts && photo && html`<${PhotoFacts} photo=${photo} onClose=${() => setFacts(false)} />`}
  </div>`;
}

/** The width that the screen can show. @returns {960 | 1920 | 3840} */
function fullWidth() {
  const wanted = Math.max(innerWidth, innerHeight) * devicePixelRatio;
  return wanted <= 960 ? 960 : wanted <= 2400 ? 1920 : 3840;
}

/** @param {{ photo: Photo, zoomed: boolean }} props */
function Picture({ photo, zoomed }) {
  const [broken, setBroken] = useState(false);
  if (photo.media_type === "home_video") {
    return html`${!broken && html`<img
        class="viewer__picture"
        src=${photoUrl(photo.id, fullWidth())}
        alt=""
        onError=${() => setBroken(true)}
      />`}
      <a class="viewer__play" href=${`/play/${photo.id}`} aria-label=${t("photo.play")}><${Icon} name="play" filled /></a>`;
  }
  if (broken) return html`<p class="viewer__broken" role="alert">${t("photo.broken")}</p>`;
  return html`<img
    class="viewer__picture"
    src=${photoUrl(photo.id, zoomed ? 3840 : fullWidth())}
    alt=${photo.title}
    width=${photo.width ?? undefined}
    height=${photo.height ?? undefined}
    draggable=${false}
    onError=${() => setBroken(true)}
  />`;
}
