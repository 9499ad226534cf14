/** Asks for the next part of a list before the reader reaches its end. */
import { html } from "htm/preact";
import { useEffect, useRef } from "preact/hooks";
import { TextSkeleton } from "./skeleton.js";

/** @param {{ onMore: () => void, length: number }} props `length` of the list so far */
export function MoreBelow({ onMore, length }) {
  const end = useRef(/** @type {HTMLDivElement | null} */ (null));
  const ask = useRef(onMore);
  ask.current = onMore;
  useEffect(() => {
    const mark = end.current;
    if (!mark) return undefined;
    const watch = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && ask.current(), { rootMargin: "1200px" });
    watch.observe(mark);
    return () => watch.disconnect();
  }, [length]);
  return html`<div ref=${end}><${TextSkeleton} lines=${3} /></div>`;
}
