/** @import { Stats } from "./types.js" */

/** The shelves of the library, in the order in which they are offered. */

export const places = /** @type {const} */ ([
  { href: "/films", icon: "film", label: "nav.films", names: ["films"], count: "movie" },
  { href: "/shows", icon: "tv", label: "nav.shows", names: ["shows", "show"], count: "show" },
  { href: "/music", icon: "music", label: "nav.music", names: ["music", "album", "artists", "artist"], count: "album" },
  { href: "/podcasts", icon: "mic", label: "nav.podcasts", names: ["podcasts", "podcast", "episode"], count: null },
  { href: "/videos", icon: "globe", label: "nav.videos", names: ["videos", "channel"], count: "video" },
  { href: "/articles", icon: "file-text", label: "nav.articles", names: ["articles", "article"], count: "article" },
  { href: "/books", icon: "book", label: "nav.books", names: ["books", "book"], count: "book" },
  { href: "/home-media", icon: "images", label: "nav.homeMedia", names: ["home_media", "photo"], count: "photo" },
  { href: "/collections", icon: "layers", label: "nav.collections", names: ["collections", "collection"], count: null },
]);

/** Nobody without photos needs a shelf for them. @param {Stats["counts"] | undefined} counts */
export const placesFor = (counts) => places.filter((one) => one.count !== "photo" || counts?.photo || counts?.home_video);

/** How many stand there, 0 while nobody knows. @param {typeof places[number]} one @param {Stats["counts"] | undefined} counts */
export function countOf({ count }, counts) {
  if (count === "photo") return (counts?.photo ?? 0) + (counts?.home_video ?? 0);
  return count ? (counts?.[count] ?? 0) : 0;
}
