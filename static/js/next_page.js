/** Where to go after the sign-in. */

/**
 * @param {string | null} next from the address, written by anybody
 * @returns {string} a path of this site, never another one
 */
export function safeNext(next) {
  if (!next || !/^\/(?![/\\])/.test(next) || /[\\\x00-\x1f]/.test(next)) return "/";
  return next.startsWith("/login") || next.startsWith("/setup") ? "/" : next;
}
