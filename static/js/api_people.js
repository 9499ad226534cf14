/** The calls on profiles, shared screens, PINs and codes. */
import { call, changeSession, refused, withQuery } from "./api.js";

/** @import { User } from "./types.js" */
/** @typedef {{ id: string, name: string, hue: number, has_picture: boolean, has_pin: boolean, is_kid: boolean }} Profile */
/** @typedef {{ user: User, is_shared: boolean }} SignedIn */
/** @typedef {{ code: string, secret: string, url: string, qr: string, expires_in: number, interval: number }} AskedCode */
/** @typedef {{ id: string, device: string, address: string, user: string, last_seen_at: number, ask_after_minutes: number | null }} Screen */
/** @typedef {{ device: string, address: string, expires_at: number }} AskingScreen */

const id = encodeURIComponent;

export const people = {
  /** @param {import("./api.js").Options} [o] @returns {Promise<{ profiles: Profile[], shared: boolean }>} */
  profiles: (o) => call("GET", "/api/profiles", undefined, o),
  /** @param {string} profile @param {{ pin?: string, password?: string }} proof @returns {Promise<SignedIn>} */
  enter: (profile, proof) => changeSession(() => call("POST", `/api/profiles/${id(profile)}/enter`, proof)),
  /** @param {{ shared: boolean, password?: string }} wish @returns {Promise<SignedIn>} */
  shareScreen: (wish) => changeSession(() => call("PUT", "/api/me/screen", wish)),
  touchScreen: () => call("POST", "/api/me/screen/touch", {}),
  /** @param {import("./api.js").Options} [o] @returns {Promise<{ screens: Screen[] }>} */
  screens: (o) => call("GET", "/api/screens", undefined, o),
  /** @param {string} screen @param {number | null} minutes 0 never, null as the household says */
  letScreenAsk: (screen, minutes) => call("PATCH", `/api/screens/${id(screen)}`, { ask_after_minutes: minutes }),
  /** @param {number} minutes 0 never */
  letScreensAsk: (minutes) => call("PATCH", "/api/settings", { screens: { ask_after_minutes: minutes } }),
  /** @param {{ pin: string | null, password: string }} wish @returns {Promise<SignedIn>} */
  changePin: (wish) => call("PUT", "/api/me/pin", wish),
  /** @param {number} hue @returns {Promise<SignedIn>} */
  changeColour: (hue) => call("PATCH", "/api/me/profile", { hue }),
  removePicture: () => call("DELETE", "/api/me/picture"),
  /** @returns {Promise<SignedIn>} */
  bringPictureBack: () => call("POST", "/api/me/picture/undo", {}),
  putPicture,

  /** @returns {Promise<AskedCode>} */
  askCode: () => call("POST", "/api/sign-in-codes", {}, { quiet: true }),
  /** @param {string} secret @returns {Promise<{ state?: "waiting" | "refused" | "expired", user?: User }>} */
  poll: (secret) => call("POST", "/api/sign-in-codes/poll", { secret }, { quiet: true }),
  /** @param {string} code @returns {Promise<AskingScreen>} */
  look: (code) => call("POST", "/api/sign-in-codes/look", { code }),
  /** @param {string} code @param {boolean} shared */
  approve: (code, shared) => call("POST", "/api/sign-in-codes/approve", { code, shared }),
  /** @param {string} code */
  refuse: (code) => call("POST", "/api/sign-in-codes/refuse", { code }),
};

/** @param {string} profile @param {160 | 342 | 780} width @param {number} [revision] grows when the picture changed */
export const profilePictureUrl = (profile, width, revision) =>
  withQuery(`/api/profiles/${id(profile)}/picture`, { width }) + (revision ? `#${revision}` : "");

/** @param {Blob} file @returns {Promise<SignedIn>} */
async function putPicture(file) {
  const answer = await fetch("/api/me/picture", {
    method: "PUT", credentials: "same-origin", body: file, headers: { "Content-Type": "application/octet-stream" },
  });
  const value = await answer.json().catch(() => ({}));
  if (answer.ok) return value;
  throw await refused(answer.status, value);
}
