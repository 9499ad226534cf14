/** Names the page after what it shows. */
import { useEffect } from "preact/hooks";
import { server } from "./store.js";

/** @param {string | null | undefined} title null leaves the name of the library alone */
export function usePageTitle(title) {
  const library = server.value?.library_name;
  useEffect(() => {
    document.title = [title, library].filter(Boolean).join(" · ");
  }, [title, library]);
}
