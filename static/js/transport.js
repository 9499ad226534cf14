/** A request that tells how much of its body is gone, which `fetch` does not. */

/** @import { Ask } from "./tus.js" */

/** @type {Ask} */
export function ask(method, url, { headers, body, onSent, signal }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const [name, value] of Object.entries({ Accept: "application/json", ...headers })) request.setRequestHeader(name, value);
    const stop = () => request.abort();
    const end = () => signal?.removeEventListener("abort", stop);
    signal?.addEventListener("abort", stop);
    request.upload.addEventListener("progress", (event) => onSent?.(event.loaded));
    request.addEventListener("load", () => {
      end();
      resolve({ status: request.status, header: (name) => request.getResponseHeader(name), text: request.responseText });
    });
    request.addEventListener("error", () => {
      end();
      resolve({ status: 0, header: () => null, text: "" });
    });
    request.addEventListener("abort", () => {
      end();
      reject(signal?.reason);
    });
    request.send(body ?? null);
  });
}
