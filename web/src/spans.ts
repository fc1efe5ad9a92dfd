// The text of a report cut where codings begin and end. Offsets of the server count characters (Unicode scalar
// values), those of JavaScript count UTF-16 units: they are turned once, here.
import type { ActorSpan, ClaimSpan, EventSpan, PlaceSpan, ReportWhole, TimeSpan } from "./api";

export type Coding =
  | { kind: "event"; id: string; start: number; stop: number; of: EventSpan }
  | { kind: "claim"; id: string; start: number; stop: number; of: ClaimSpan }
  | { kind: "actor"; id: string; start: number; stop: number; of: ActorSpan }
  | { kind: "place"; id: string; start: number; stop: number; of: PlaceSpan }
  | { kind: "time"; id: string; start: number; stop: number; of: TimeSpan };

export type Kind = Coding["kind"];
export const kinds: Kind[] = ["event", "claim", "actor", "place", "time"];

/** A stretch of text over which the same codings lie. */
export type Piece = { start: number; text: string; codings: Coding[] };

export function codings(report: ReportWhole): Coding[] {
  return [
    ...report.events.map((of): Coding => ({ kind: "event", id: of.id, start: of.start, stop: of.stop, of })),
    ...report.claims.map((of): Coding => ({ kind: "claim", id: of.id, start: of.start, stop: of.stop, of })),
    ...report.actors.map((of): Coding => ({ kind: "actor", id: `actor-${of.start}-${of.name}`, start: of.start, stop: of.stop, of })),
    ...report.places.map((of): Coding => ({ kind: "place", id: `place-${of.start}-${of.name}`, start: of.start, stop: of.stop, of })),
    ...report.times.map((of): Coding => ({ kind: "time", id: `time-${of.start}-${of.value}`, start: of.start, stop: of.stop, of })),
  ];
}

/** Cuts the text from one character on into pieces, in one pass; also at the characters of `besides`. */
export function pieces(text: string, all: Coding[], from: number, besides: number[] = []): Piece[] {
  const cuts = new Set<number>([from, ...besides.filter((at) => at > from)]);
  for (const { start, stop } of all) if (start < stop) cuts.add(Math.max(start, from)).add(Math.max(stop, from));
  const sorted = [...cuts].sort((a, b) => a - b);
  const units = unitOffsets(text, sorted);
  const opening = new Map<number, Coding[]>();
  for (const coding of all) {
    const start = Math.max(coding.start, from);
    if (coding.stop > start) opening.set(start, [...(opening.get(start) ?? []), coding]);
  }
  let open: Coding[] = [];
  return sorted.map((start, at) => {
    open = [...open.filter(({ stop }) => stop > start), ...(opening.get(start) ?? [])];
    return { start, text: text.slice(units[at], units[at + 1] ?? text.length), codings: open };
  }).filter((piece) => piece.text !== "");
}

/** The UTF-16 offsets of characters, which are given in rising order. */
function unitOffsets(text: string, characters: number[]): number[] {
  const found: number[] = [];
  let character = 0;
  let unit = 0;
  for (const wanted of characters) {
    while (character < wanted && unit < text.length) {
      unit += (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1;
      character += 1;
    }
    found.push(unit);
  }
  return found;
}

/** The characters from `start` to `stop`. */
export function characters(text: string, start: number, stop: number): string {
  const [from, to] = unitOffsets(text, [start, stop]);
  return text.slice(from, to);
}
