/** What is added from the web, and podcasts: one function for each call of the HTTP contract. */
import { call, callText, withQuery } from "./api.js";

/**
 * @import { Options } from "./api.js"
 * @import { Added, AutoDownload, DownloadSettings, DownloaderState, Episode, EpisodePage, Examination, FollowRules,
 *   LiveChoice, Podcast, PodcastEdit, PodcastSettings, Settings, SiteCookies } from "./types.js"
 */

const id = encodeURIComponent;

/** @typedef {{ count: number, items: Episode[], next: string | null }} EpisodeList */

export const content = {
  /** @param {string} url @param {Options} [o] @returns {Promise<Examination>} */
  examine: (url, o) => call("POST", "/api/examine", { url }, o),
  /** @param {{ url: string, audio_only?: boolean, live?: LiveChoice, reading?: "site" | "file" }} order @returns {Promise<Added>} */
  addDownload: (order) => call("POST", "/api/downloads", order),
  /** @param {{ url: string, html?: string }} order @returns {Promise<Added>} */
  addArticle: (order) => call("POST", "/api/articles", order),
  /** @param {{ url: string }} order @returns {Promise<Added>} */
  addBook: (order) => call("POST", "/api/books", order),
  /** @param {{ url?: string, name?: string, content?: string, follow?: FollowRules }} order @returns {Promise<Added>} */
  importPlaylist: (order) => call("POST", "/api/import/playlist", order),
  /** @param {string} article @returns {Promise<Added>} */
  refreshArticle: (article) => call("POST", `/api/articles/${id(article)}/refresh`, {}),

  /** @param {Options} [o] @returns {Promise<{ podcasts: Podcast[] }>} */
  podcasts: (o) => call("GET", "/api/podcasts", undefined, o),
  /** @param {{ url: string, username?: string, password?: string, auto_download?: AutoDownload }} order
   *  @returns {Promise<{ podcast: Podcast }>} */
  addPodcast: (order) => call("POST", "/api/podcasts", order),
  /** @param {string} text an OPML document
   *  @returns {Promise<{ added: number, existing: number, refused: { title: string, reason: string }[] }>} */
  importOpml: (text) => call("POST", "/api/podcasts/opml", { content: text }),
  /** @param {string} podcast @param {Options} [o] @returns {Promise<Podcast>} */
  podcast: (podcast, o) => call("GET", `/api/podcasts/${id(podcast)}`, undefined, o),
  /** @param {string} podcast @param {PodcastEdit} edit @returns {Promise<Podcast>} */
  editPodcast: (podcast, edit) => call("PATCH", `/api/podcasts/${id(podcast)}`, edit),
  /** @param {string} podcast */
  removePodcast: (podcast) => call("DELETE", `/api/podcasts/${id(podcast)}`, undefined, { keepalive: true }),
  /** @param {string} podcast */
  refreshPodcast: (podcast) => call("POST", `/api/podcasts/${id(podcast)}/refresh`, {}),
  /** @param {string} podcast @param {boolean} accept */
  movePodcast: (podcast, accept) => call("POST", `/api/podcasts/${id(podcast)}/move`, { accept }),
  /** @param {string} podcast @param {{ cursor?: string | null, limit?: number, direction?: string, unheard?: string, starred?: string, here?: string }} query
   *  @param {Options} [o] @returns {Promise<EpisodeList>} */
  episodes: (podcast, query, o) => call("GET", withQuery(`/api/podcasts/${id(podcast)}/episodes`, query), undefined, o),
  /** @param {string} podcast @param {{ limit?: number }} query @param {Options} [o] @returns {Promise<import("./long_list.js").Index>} */
  episodeIndex: (podcast, query, o) => call("GET", withQuery(`/api/podcasts/${id(podcast)}/episodes/letters`, query), undefined, o),
  /** @param {string[]} episodes @param {boolean} heard @returns {Promise<{ changed: string[], undo: import("./api_lists.js").MarkUndo }>} */
  hearMany: (episodes, heard) => call("POST", "/api/bulk/episodes/heard", { episodes, heard }),
  /** @param {string[]} episodes @param {boolean} starred @returns {Promise<{ changed: string[] }>} */
  starMany: (episodes, starred) => call("POST", "/api/bulk/episodes/starred", { episodes, starred }),
  /** @param {string} episode @param {Options} [o] @returns {Promise<EpisodePage>} */
  episode: (episode, o) => call("GET", `/api/episodes/${id(episode)}`, undefined, o),
  /** @param {string} episode @returns {Promise<Added>} */
  downloadEpisode: (episode) => call("POST", `/api/episodes/${id(episode)}/download`, {}),
  /** @param {string} episode @param {boolean} heard */
  markHeard: (episode, heard) => call("PUT", `/api/episodes/${id(episode)}/heard`, { heard }),
  /** @param {string} episode @param {boolean} starred */
  markStarred: (episode, starred) => call("PUT", `/api/episodes/${id(episode)}/star`, { starred }),
  /** @param {string} episode @param {Options} [o] @returns {Promise<string>} WebVTT, or text without times */
  transcript: (episode, o) => callText(`/api/episodes/${id(episode)}/transcript`, o),

  /** @param {Partial<DownloadSettings>} downloads @returns {Promise<Settings>} */
  editDownloads: (downloads) => call("PATCH", "/api/settings", { downloads }),
  /** @param {Partial<PodcastSettings>} podcasts @returns {Promise<Settings>} */
  editPodcastRules: (podcasts) => call("PATCH", "/api/settings", { podcasts }),
  /** @param {Options} [o] @returns {Promise<DownloaderState>} */
  downloader: (o) => call("GET", "/api/downloader", undefined, o),
  /** @returns {Promise<DownloaderState>} */
  updateDownloader: () => call("POST", "/api/downloader/update", {}),
  /** @param {Options} [o] @returns {Promise<{ sites: SiteCookies[] }>} */
  sites: (o) => call("GET", "/api/sites", undefined, o),
  /** @param {string} host @param {string} cookies a cookies.txt */
  putCookies: (host, cookies) => call("PUT", `/api/sites/${id(host)}/cookies`, { text: cookies }),
  /** @param {string} host */
  removeCookies: (host) => call("DELETE", `/api/sites/${id(host)}/cookies`, undefined, { keepalive: true }),
};

/** @param {string} podcast @param {342 | 780} width */
export const podcastImageUrl = (podcast, width) => `/api/podcasts/${id(podcast)}/image?width=${width}`;
export const opmlUrl = "/api/podcasts/opml";
