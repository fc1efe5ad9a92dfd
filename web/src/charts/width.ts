import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { RefObject } from "preact";

/** The width of an element, followed. */
export function useWidth<E extends HTMLElement>(): [RefObject<E | null>, number] {
  const element = useRef<E>(null);
  const [width, set] = useState(0);
  useLayoutEffect(() => {
    const at = element.current;
    if (!at) return;
    set(at.clientWidth);
    const observer = new ResizeObserver(() => set(at.clientWidth));
    observer.observe(at);
    return () => observer.disconnect();
  }, []);
  return [element, width];
}
