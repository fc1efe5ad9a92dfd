// What passes between two countries: cooperation above the line, conflict below it, deeds dark and words light.
import { scaleLinear, scaleUtc } from "d3-scale";
import type { DyadDay, Quad, Stretch } from "../api";
import { days, many, quads, shortDay } from "../words";

const DAY = 86_400_000;
const time = (day: string) => Date.parse(`${day}T00:00:00Z`);
const iso = (at: number) => new Date(at).toISOString().slice(0, 10);

export type Bin = { from: string; to: string; quads: Record<Quad, number>; goldstein: number };

/** Days put together into at most `most` spans of equal length. */
export function bins(all: DyadDay[], since: string, until: string, most: number): Bin[] {
  const length = Math.max(1, Math.ceil(((time(until) - time(since)) / DAY + 1) / most)) * DAY;
  const found: Bin[] = [];
  for (let from = time(since); from <= time(until); from += length) {
    const to = Math.min(from + length - DAY, time(until));
    found.push({ from: iso(from), to: iso(to), quads: { 1: 0, 2: 0, 3: 0, 4: 0 }, goldstein: 0 });
  }
  for (const day of all) {
    const bin = found[Math.floor((time(day.day) - time(since)) / length)];
    if (!bin) continue;
    bin.quads[day.quad] += day.incidents;
    bin.goldstein += day.goldstein;
  }
  return found;
}

/** The stretches of one bin: deeds next to the line. */
function stack({ quads: counts }: Bin): { quad: Quad; from: number; to: number }[] {
  return [
    { quad: 2, from: 0, to: counts[2] },
    { quad: 1, from: counts[2], to: counts[2] + counts[1] },
    { quad: 4, from: 0, to: -counts[4] },
    { quad: 3, from: -counts[4], to: -counts[4] - counts[3] },
  ].filter(({ from, to }) => from !== to) as { quad: Quad; from: number; to: number }[];
}

const highest = (all: Bin[]) => Math.max(1, ...all.flatMap(({ quads: q }) => [q[1] + q[2], q[3] + q[4]]));

/** Tension in a line of a list: hostility above the line, cooperation below it. */
export function Spark({ course, stretches, width = 120, height = 30 }: { course: number[]; stretches: Stretch[]; width?: number; height?: number }) {
  const most = Math.max(1e-9, ...course.map(Math.abs));
  const y = scaleLinear([-most, most], [height, 0]);
  const step = width / Math.max(1, course.length);
  const tensest = stretches[course.indexOf(Math.max(...course))];
  return (
    <svg class="spark" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={tensest ? `Tension, highest ${days(tensest.since, tensest.until)}` : "Tension"}>
      <line class="zero" x2={width} y1={y(0)} y2={y(0)} />
      {course.map((value, at) => value !== 0 && (
        <rect key={at} class={value > 0 ? "q4" : "q2"} x={at * step + 0.3} width={Math.max(1, step - 0.6)} y={Math.min(y(value), y(0))} height={Math.abs(y(value) - y(0))} />
      ))}
    </svg>
  );
}

/** By itself, with axes. */
export function Balance({ all, since, until, width, height = 190, label }: { all: DyadDay[]; since: string; until: string; width: number; height?: number; label: string }) {
  const found = bins(all, since, until, Math.max(10, Math.min(90, Math.floor(width / 9))));
  const left = 34;
  const y = scaleLinear([-highest(found), highest(found)], [height - 22, 6]).nice(4);
  const x = scaleUtc([time(since), time(until) + DAY], [left, width - 4]);
  const step = (width - 4 - left) / found.length;
  return (
    <svg class="balance" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <g class="axis">
        {y.ticks(4).filter(Number.isInteger).map((tick) => (
          <g key={tick} transform={`translate(0,${y(tick)})`}><line x1={left} x2={width} /><text class="value" x={left - 6} dy="0.32em">{Math.abs(tick)}</text></g>
        ))}
        {x.ticks(Math.max(2, Math.floor(width / 110))).map((tick) => <text key={+tick} class={x(tick) > width - 30 ? "end" : undefined} x={Math.min(x(tick), width - 2)} y={height - 4}>{x.tickFormat()(tick)}</text>)}
      </g>
      {found.map((bin, at) => stack(bin).map(({ quad, from, to }) => (
        <rect key={`${at}-${quad}`} class={quads[quad].mark} x={left + at * step + 0.5} width={Math.max(1, step - 1)} y={Math.min(y(from), y(to))} height={Math.abs(y(from) - y(to))}>
          <title>{`${bin.from === bin.to ? shortDay(bin.from) : days(bin.from, bin.to)}: ${many(bin.quads[quad], "incident")} of ${quads[quad].name.toLowerCase()}`}</title>
        </rect>
      )))}
      <line class="zero" x1={left} x2={width} y1={y(0)} y2={y(0)} />
    </svg>
  );
}

export function Legend() {
  return (
    <ul class="legend" aria-label="Colours">
      {([2, 1, 3, 4] as Quad[]).map((quad) => <li key={quad}><i class={`swatch ${quads[quad].mark}`} />{quads[quad].name}</li>)}
    </ul>
  );
}
