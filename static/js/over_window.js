/** How wide a box of the page is, and a look at it in each frame in which the page moved. */
import { useEffect, useLayoutEffect, useState } from "preact/hooks";

/** @param {{ current: HTMLElement | null }} box @returns {number} px, 0 before it stands */
export function useWidth(box) {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    setWidth(element.clientWidth);
    const watch = new ResizeObserver(() => setWidth(element.clientWidth));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return width;
}

/**
 * Looks at once, and in each frame in which the page was scrolled or the window changed.
 * @param {{ current: HTMLElement | null }} box
 * @param {(scrolled: number, now: number) => boolean | void} look gets how far the top of the box is above the window, px, and the
 *   time, ms; it is asked again in the next frame when it answers true
 * @param {unknown[]} inputs what the look depends on
 */
export function useScrolled(box, look, inputs) {
  useEffect(() => {
    let frame = 0;
    const see = (now = performance.now()) => {
      frame = 0;
      if (box.current && look(-box.current.getBoundingClientRect().top, now)) soon();
    };
    const soon = () => {
      frame ||= requestAnimationFrame(see);
    };
    see();
    addEventListener("scroll", soon, { passive: true });
    addEventListener("resize", soon);
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener("scroll", soon);
      removeEventListener("resize", soon);
    };
  }, inputs);
}
