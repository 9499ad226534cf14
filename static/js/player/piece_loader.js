/** Loads the pieces of a film so that only the line is measured, and not how long the server makes them. */
import { waitOf } from "./pace.js";

/** @import { FragmentLoaderConstructor, FragmentLoaderContext, HlsConfig, Loader, LoaderCallbacks, LoaderConfiguration } from "hls.js" */

/** How often the clock of a piece that is being made is set anew, ms; the player looks at it ten times a second. */
const TICK_MS = 50;

/** How long the server had a piece made, ms. @param {unknown} request */
export const waitOfRequest = (request) =>
  request instanceof XMLHttpRequest && request.readyState >= 2 ? waitOf(request.getResponseHeader("Server-Timing")) : 0;

/** @param {HlsConfig["loader"]} Base what loads otherwise @returns {FragmentLoaderConstructor} */
export function pieceLoader(Base) {
  // The player is told of the loader that it has: whoever extends it by name would have to know it before it is fetched.
  class PieceLoader extends /** @type {{ new (config: HlsConfig): Loader<any> }} */ (Base) {
    /** @type {ReturnType<typeof setInterval> | undefined} */
    #waiting;

    /** @param {FragmentLoaderContext} context @param {LoaderConfiguration} how @param {LoaderCallbacks<FragmentLoaderContext>} told */
    load(context, how, told) {
      const { loading } = this.stats;
      // As long as nothing comes the server makes it: a lower quality would have it begin anew, and not come sooner.
      this.#waiting = setInterval(() => {
        if (loading.first === 0) loading.start = performance.now();
      }, TICK_MS);
      const began = performance.now();
      super.load(context, how, {
        ...told,
        onSuccess: (response, stats, its, request) => {
          loading.start = stats.retry ? loading.first : Math.min(loading.first, began + waitOfRequest(request));
          told.onSuccess(response, stats, its, request);
        },
      });
    }

    destroy() {
      clearInterval(this.#waiting);
      super.destroy();
    }
  }
  return PieceLoader;
}
