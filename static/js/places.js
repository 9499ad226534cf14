/** The shelves of the library, in the order in which they are offered. */

export const places = /** @type {const} */ ([
  { href: "/films", icon: "film", label: "nav.films", names: ["films"], count: "movie" },
  { href: "/shows", icon: "tv", label: "nav.shows", names: ["shows", "show"], count: "show" },
  { href: "/music", icon: "music", label: "nav.music", names: ["music", "album"], count: "album" },
  { href: "/podcasts", icon: "mic", label: "nav.podcasts", names: ["podcasts", "podcast", "episode"], count: null },
  { href: "/videos", icon: "globe", label: "nav.videos", names: ["videos", "channel"], count: "video" },
  { href: "/articles", icon: "file-text", label: "nav.articles", names: ["articles", "article"], count: "article" },
  { href: "/books", icon: "book", label: "nav.books", names: ["books", "book"], count: "book" },
  { href: "/collections", icon: "layers", label: "nav.collections", names: ["collections", "collection"], count: null },
]);
