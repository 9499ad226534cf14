/** Orders a look through the folders of the library. */
import { shelves } from "./api_library.js";
import { putJob, toast, toastError } from "./store.js";
import { t } from "./strings_library.js";

/** @import { ScanOrder } from "./types_library.js" */

/** @param {ScanOrder} order empty for everything */
export async function startScan(order) {
  try {
    putJob(await shelves.scan(order));
    toast(t("libraries.begun"));
  } catch (error) {
    toastError(error);
  }
}
