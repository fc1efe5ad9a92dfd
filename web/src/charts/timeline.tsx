// The timeline of incidents: a lane for each quad class, a mark for each incident, its size by the sources that tell of
// it, hollow where it is not confirmed, faint where its reading is doubtful. Above the marks that fit stands how many more there were.
import { scaleUtc } from "d3-scale";
import { links } from "../address";
import type { DayCount, Mark, Quad } from "../api";
import { Badge, Doubt, inWords, shape } from "../parts";
import { days, many, plain, quadOrder, quads, shortDay } from "../words";
import { Chart } from "./frame";
import { roving, useTip } from "./tip";
import { useWidth } from "./width";

const DAY = 86_400_000;
const LANE = 92;
const SIDE = 8;

const time = (day: string) => Date.parse(`${day}T00:00:00Z`);

type Placed = Mark & { x: number; y: number; r: number };

/** Marks of one lane side by side without covering each other; those for which there is no room are left out. */
function place(marks: Mark[], x: (day: string) => number, middle: number): { placed: Placed[]; left: Map<number, number> } {
  const placed: Placed[] = [];
  const left = new Map<number, number>();
  const columns = new Map<number, Placed[]>();
  for (const mark of marks) {
    const day = mark.since ?? mark.first_report;
    if (!day) continue;
    const r = Math.min(3.2 + 1.9 * Math.sqrt(mark.sources - 1), 10);
    const at = x(day);
    const column = Math.round(at / 4);
    const near = [-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5].flatMap((step) => columns.get(column + step) ?? []);
    const free = (y: number) => near.every((other) => (other.x - at) ** 2 + (other.y - y) ** 2 >= (other.r + r + 0.8) ** 2);
    let y: number | undefined;
    for (let step = 0; step * 2 <= LANE - 22 - 2 * r; step += 1) {
      y = [middle - step, middle + step].find(free);
      if (y !== undefined) break;
    }
    if (y === undefined) {
      left.set(column, (left.get(column) ?? 0) + 1);
      continue;
    }
    const one = { ...mark, x: at, y, r };
    placed.push(one);
    columns.set(column, [...(columns.get(column) ?? []), one]);
  }
  return { placed: placed.sort((a, b) => a.x - b.x || a.y - b.y), left };
}

export function Timeline({ since, until, marks, counts }: { since: string; until: string; marks: Mark[]; counts: DayCount[] }) {
  const [element, width] = useWidth<HTMLDivElement>();
  const [tip, setTip] = useTip(width);
  const height = 4 * LANE + 26;
  const axis = scaleUtc([time(since) - DAY / 2, time(until) + DAY / 2], [SIDE, Math.max(width - SIDE, SIDE + 1)]);
  const x = (day: string) => axis(time(day));
  const clamp = (day: string) => (day < since ? since : day > until ? until : day);
  const total = (quad: Quad) => counts.filter((count) => count.quad === quad).reduce((sum, count) => sum + count.incidents, 0);
  const ticks = axis.ticks(Math.max(2, Math.floor(width / 110)));
  const form = axis.tickFormat();
  let first = true;
  const busiest = Math.max(1, ...counts.map((count) => count.incidents));
  return (
    <Chart
      title="Incidents day by day"
      name={`incidents-${since}-${until}`}
      note={`The larger, the more independent sources; hollow where two do not yet confirm it, pale where the reading is doubtful. Faint bars count all trusted incidents of the day.${counts.reduce((sum, count) => sum + count.incidents, 0) > marks.length ? ` Marked are the ${marks.length} weightiest.` : ""}`}
      table={() => ({
        columns: ["id", "since", "until", "quad class", "event", "CAMEO", "source", "target", "place", "status", "trusted", "sources", "reports"],
        rows: marks.map((mark) => [mark.id, mark.since, mark.until, quads[mark.quad].name, mark.event, mark.cameo, mark.source.join("; "), mark.target.join("; "), mark.place, mark.status, String(mark.trusted), mark.sources, mark.reports]),
      })}
    >
      <div class="plot" ref={element}>
        {width > 0 && (
          <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="group" aria-label={`Timeline of ${many(marks.length, "incident")}; arrow keys go from one to the next`} onKeyDown={roving} onPointerLeave={() => setTip(null)}>
            <g class="axis" aria-hidden="true">
              {ticks.filter((tick, i) => i === 0 || axis(tick) < width - 30 || axis(tick) - axis(ticks[i - 1]!) > 110).map((tick) => {
                const at = axis(tick);
                const edge = at < 30 ? "start" : at > width - 30 ? "end" : undefined;
                return (
                  <g key={+tick} transform={`translate(${at},0)`}>
                    <line y2={4 * LANE} />
                    <text class={edge} x={edge === "start" ? -at + 2 : edge === "end" ? width - at - 2 : 0} y={4 * LANE + 18}>{form(tick)}</text>
                  </g>
                );
              })}
            </g>
            {quadOrder.map((quad, lane) => {
              const middle = lane * LANE + LANE / 2 + 7;
              const own = marks.filter((mark) => mark.quad === quad).map((mark) => ({ ...mark, since: mark.since && clamp(mark.since) }));
              const { placed } = place(own, x, middle);
              const bar = Math.max(1, (x(until) - x(since)) / Math.max(1, (time(until) - time(since)) / DAY) - 1);
              return (
                <g key={quad} class={quads[quad].mark}>
                  <line class="lane" x1={0} x2={width} y1={(lane + 1) * LANE} y2={(lane + 1) * LANE} />
                  {counts.filter((count) => count.quad === quad).map((count) => {
                    const tall = (count.incidents / busiest) * (LANE - 24);
                    return <rect key={count.day} class="count" x={x(count.day) - bar / 2} width={bar} y={(lane + 1) * LANE - tall} height={tall} />;
                  })}
                  <text class="label" x={4} y={lane * LANE + 14}>{quads[quad].name}<tspan class="total"> {total(quad)}</tspan></text>
                  {placed.map((mark) => {
                    const tab = first ? 0 : -1;
                    first = false;
                    const words = inWords(mark);
                    const told = () => setTip({ x: mark.x, y: mark.y, content: <Told mark={mark} words={words} /> });
                    return (
                      <a key={mark.id} data-mark href={links.incident(mark.id)} tabIndex={tab} aria-label={`${words}, ${days(mark.since ?? mark.first_report)}, ${mark.status}${mark.trusted ? "" : ", doubtful"}, ${many(mark.sources, "source")}`} class={`mark${mark.status === "confirmed" ? "" : " hollow"}${mark.trusted ? "" : " doubtful"}`} onPointerEnter={told} onFocus={told} onBlur={() => setTip(null)}>
                        <path d={shape(quad, mark.r)} transform={`translate(${mark.x},${mark.y})`} />
                      </a>
                    );
                  })}
                </g>
              );
            })}
          </svg>
        )}
        {tip}
      </div>
    </Chart>
  );
}

export function Told({ mark, words }: { mark: Mark; words: string }) {
  return (
    <>
      <strong><bdi>{words}</bdi></strong>
      <span>
        {mark.since ? days(mark.since, mark.until) : `told ${mark.first_report ? shortDay(mark.first_report) : ""}`}
        {mark.place && ` · ${plain(mark.place)}`}
      </span>
      <span><Badge status={mark.status} /><Doubt trusted={mark.trusted} /> {many(mark.sources, "independent source")}</span>
    </>
  );
}
