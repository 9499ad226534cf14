/** Turns what was recognised at an address into an order, and says what it is in words. */
import { content } from "./api_content.js";
import { t } from "./strings.js";

/** @import { Added, AutoDownload, FollowRules, Reading, ReadingKind } from "./types.js" */

/**
 * @typedef {{ audio: boolean, follow: boolean, rules: FollowRules, auto: AutoDownload, username: string, password: string }} Wishes
 *   what a person may choose; each reading knows some of them
 */

/** @type {Wishes} */
export const NO_WISHES = { audio: false, follow: false, rules: {}, auto: "latest", username: "", password: "" };

export const KIND_ICONS = /** @type {const} */ ({
  video: "square-play", playlist: "list-video", podcast: "mic", article: "file-text", file: "file", book: "book",
  music_playlist: "list-music",
});
/** How the picture of a kind is cut. */
export const KIND_SHAPES = /** @type {const} */ ({
  video: "wide", playlist: "wide", podcast: "square", article: "wide", file: "square", book: "poster", music_playlist: "square",
});

/** @param {ReadingKind} kind */
export const kindName = (kind) => t(`reading.${kind}`);

/** What the button says. @param {Reading} reading @param {Wishes} wishes */
export function orderName({ kind, is_live, count }, wishes) {
  if (kind === "video" && is_live) return t("add.record");
  if (kind === "video") return wishes.audio ? t("add.sound") : t("add.video");
  if (kind === "playlist" && wishes.follow) return t("add.follow");
  if (kind === "playlist") return count ? t("add.import", { count }) : t("add.importAll");
  return t(`add.${kind}`);
}

/** @param {Reading} reading @param {Wishes} wishes @returns {Promise<Added>} */
export async function order(reading, wishes) {
  const { url, kind } = reading;
  if (kind === "video") return content.addDownload({
    url,
    audio_only: wishes.audio,
    ...(reading.is_live && { live: "record" }),
  });
  if (kind === "file") return content.addDownload({ url, reading: "file" });
  if (kind === "playlist") return content.importPlaylist({ url, ...(wishes.follow && { follow: wishes.rules }) });
  if (kind === "music_playlist") return content.importPlaylist({ url });
  if (kind === "article") return content.addArticle({ url });
  if (kind === "book") return content.addBook({ url });
  const secret = wishes.username ? { username: wishes.username, password: wishes.password } : {};
  const { podcast } = await content.addPodcast({ url, auto_download: wishes.auto, ...secret });
  return { job: null, media_id: null, podcast_id: podcast.id, existing: false };
}
