/** The sentence for a file that this browser cannot decode. */
import { t } from "./strings.js";
import { codecName } from "./words.js";

/** @import { Media } from "./types.js" */

/** @param {Pick<Media, "video" | "audio" | "container">} media */
export function cannotPlay(media) {
  const codec = media.video?.codec ?? media.audio[0]?.codec;
  const what = codec ? codecName(codec) : media.container;
  return t("player.cannot", { what, container: media.container.toUpperCase() });
}
