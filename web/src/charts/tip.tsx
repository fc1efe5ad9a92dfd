// What is told of a mark under the pointer or the focus.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

export type Tip = { x: number; y: number; content: ComponentChildren } | null;

/** Tells of one mark at a time, beside it. `width` is that of the drawing. */
export function useTip(width: number): [ComponentChildren, (tip: Tip) => void] {
  const [tip, set] = useState<Tip>(null);
  const shown = tip && (
    <div
      class={`tip${tip.x > width / 2 ? " left" : ""}`}
      role="presentation"
      style={{ left: `${tip.x}px`, top: `${tip.y}px` }}
    >
      {tip.content}
    </div>
  );
  return [shown, set];
}

/** Arrow keys go from mark to mark; the first is reached by Tab. */
export function roving(event: KeyboardEvent): void {
  const forward = event.key === "ArrowRight" || event.key === "ArrowDown";
  if (!forward && event.key !== "ArrowLeft" && event.key !== "ArrowUp") return;
  const drawing = event.currentTarget as Element;
  const marks = [...drawing.querySelectorAll<SVGElement>("[data-mark]")];
  const at = marks.indexOf(document.activeElement as unknown as SVGElement);
  if (at < 0) return;
  event.preventDefault();
  marks[(at + (forward ? 1 : marks.length - 1)) % marks.length]?.focus();
}
