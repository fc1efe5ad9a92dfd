// Tension over time with its bounds; each period opens the incidents behind it.
import { scaleLinear, scaleUtc } from "d3-scale";
import { area, line } from "d3-shape";
import { to } from "../address";
import { useAnswer, type Break, type Incident, type TensionPoint, type TensionSeries } from "../api";
import { IncidentLines, Waiting } from "../parts";
import { days, many, parties } from "../words";
import { Chart } from "./frame";
import { roving, useTip } from "./tip";
import { useWidth } from "./width";

const DAY = 86_400_000;
const HEIGHT = 220;
const LEFT = 40;
const FOOT = HEIGHT - 24;

const time = (day: string) => Date.parse(`${day}T00:00:00Z`);
/** A rate as it is read: whole numbers where they are large. */
export const rate = (value: number) => (Math.abs(value) >= 10 ? String(Math.round(value)) : value.toFixed(1)).replace(/^-/, "−").replace(/^−?0\.0$/, "0");

/** Of whom: a dyad in both directions, or an actor. */
export type Scope = { dyad: string; mutual: "true" } | { actor: string };

/** Tension of a scope. The address holds the days, the length of a period (`by`) and the one that is opened (`at`). */
export function Tension({ scope, path, query, name }: { scope: Scope; path: string[]; query: URLSearchParams; name: string }) {
  const span = { since: query.get("since"), until: query.get("until") };
  const answer = useAnswer<TensionSeries>(`/tension${to([], { ...scope, ...span, by: query.get("by") }).slice(1)}`);
  return (
    <section class="wide" aria-label="Tension">
      <Waiting answer={answer}>{(series) => <Series {...{ series, scope, path, query, name }} />}</Waiting>
    </section>
  );
}

type Drawn = { series: TensionSeries; scope: Scope; path: string[]; query: URLSearchParams; name: string };

function Series({ series, scope, path, query, name }: Drawn) {
  const [element, width] = useWidth<HTMLDivElement>();
  const [tip, setTip] = useTip(width);
  const { points, breaks, by } = series;
  const opened = points.find((point) => point.since === query.get("at"));
  const address = (at: string | null) => to(path, { since: query.get("since"), until: query.get("until"), by: query.get("by"), at });
  if (!points.length || series.incidents === 0) return <><h2>Tension</h2><p class="none">Nothing that happened in these days tells of tension.</p></>;
  return (
    <>
      <Chart
        title="Tension"
        name={`tension-${name}`}
        note={`Hostile less cooperative Goldstein points per 100 ${series.volume_of}, by ${by}; the band holds it with a probability of 90 %. A point opens the incidents behind it.`}
        table={() => ({
          columns: ["since", "until", "reports", "incidents", "tension", "low", "high", "hostile", "cooperative", "verbal cooperation", "material cooperation", "verbal conflict", "material conflict"],
          rows: points.map((point) => [
            point.since, point.until, point.volume, point.incidents,
            ...[point.tension.mean, point.tension.low, point.tension.high, point.hostile.mean, point.cooperative.mean].map((value) => Math.round(value * 100) / 100),
            point.verbal_cooperation.incidents, point.material_cooperation.incidents, point.verbal_conflict.incidents, point.material_conflict.incidents,
          ]),
        })}
      >
        <div class="plot" ref={element}>
          {width > 0 && <Drawing {...{ series, width, opened, address, setTip }} />}
          {tip}
        </div>
      </Chart>
      {breaks.length > 0 && (
        <ul class="breaks" aria-label="Where the level changed">
          {breaks.map((one) => <li key={`${one.since}-${one.of}`}><a href={address(one.since)}>{changed(one)}</a></li>)}
        </ul>
      )}
      {opened && <Behind {...{ point: opened, scope, close: address(null) }} />}
    </>
  );
}

function changed({ since, of, before, after, changed: kinds }: Break): string {
  const [most] = kinds;
  const who = most ? `, most of all ${parties(most.source)}${most.target ? ` → ${parties(most.target)}` : ""}: ${most.event.toLowerCase()}` : "";
  return `${days(since)}: ${of} incidents ${after > before ? "rose" : "fell"} from ${rate(before)} to ${rate(after)} per 100 reports${who}`;
}

function Drawing({ series, width, opened, address, setTip }: {
  series: TensionSeries;
  width: number;
  opened: TensionPoint | undefined;
  address: (at: string) => string;
  setTip: ReturnType<typeof useTip>[1];
}) {
  const { points, breaks } = series;
  const [since, until] = [points[0]!.since, points.at(-1)!.until];
  const x = scaleUtc([time(since), time(until) + DAY], [LEFT, width - 4]);
  const middle = (point: TensionPoint) => (x(time(point.since)) + x(time(point.until) + DAY)) / 2;
  const y = scaleLinear([Math.min(0, ...points.map((p) => p.tension.low)), Math.max(0, ...points.map((p) => p.tension.high))], [FOOT, 8]).nice(4);
  const band = area<TensionPoint>().x(middle).y0((p) => y(p.tension.low)).y1((p) => y(p.tension.high))(points);
  const mean = line<TensionPoint>().x(middle).y((p) => y(p.tension.mean))(points);
  const step = Math.abs(x(time(points[0]!.until) + DAY) - x(time(since)));
  const dot = Math.max(1.5, Math.min(4, step / 3));
  const tensest = points.reduce((most, point) => (point.tension.mean > most.tension.mean ? point : most));
  return (
    <svg class="tension" width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} role="group" aria-label={`Tension in ${many(points.length, series.by)}s, highest ${days(tensest.since, tensest.until)}; arrow keys go from one to the next`} onKeyDown={roving} onPointerLeave={() => setTip(null)}>
      <g class="axis" aria-hidden="true">
        {y.ticks(4).map((tick) => (
          <g key={tick} transform={`translate(0,${y(tick)})`}><line x1={LEFT} x2={width} /><text class="value" x={LEFT - 6} dy="0.32em">{String(tick).replace("-", "−")}</text></g>
        ))}
        {x.ticks(Math.max(2, Math.floor(width / 110))).map((tick) => <text key={+tick} class={x(tick) > width - 30 ? "end" : undefined} x={Math.min(x(tick), width - 2)} y={HEIGHT - 6}>{x.tickFormat()(tick)}</text>)}
      </g>
      <path class="band" d={band ?? ""} />
      <line class="zero" x1={LEFT} x2={width} y1={y(0)} y2={y(0)} />
      <path class="mean" d={mean ?? ""} />
      {breaks.map((one) => <line key={`${one.since}-${one.of}`} class="break" x1={x(time(one.since))} x2={x(time(one.since))} y1={8} y2={FOOT} />)}
      {points.map((point, at) => {
        const told = () => setTip({ x: middle(point), y: y(point.tension.mean), content: <Told point={point} /> });
        const [left, right] = [x(time(point.since)), x(time(point.until) + DAY)];
        return (
          <a
            key={point.since}
            data-mark
            class={`point ${point.tension.mean >= 0 ? "q4" : "q2"}${point === opened ? " opened" : ""}${point.incidents ? "" : " empty"}`}
            href={address(point.since)}
            tabIndex={at === 0 ? 0 : -1}
            aria-current={point === opened ? "true" : undefined}
            aria-label={`${days(point.since, point.until)}: tension ${rate(point.tension.mean)}, ${many(point.incidents, "incident")}`}
            onPointerEnter={told}
            onFocus={told}
            onBlur={() => setTip(null)}
          >
            <rect class="reach" x={left} y={4} width={Math.max(1, right - left)} height={FOOT - 4} />
            <circle cx={middle(point)} cy={y(point.tension.mean)} r={dot} />
          </a>
        );
      })}
    </svg>
  );
}

function Told({ point }: { point: TensionPoint }) {
  const { tension, incidents, volume } = point;
  return (
    <>
      <strong>{days(point.since, point.until)}</strong>
      <span>Tension {rate(tension.mean)} ({rate(tension.low)} to {rate(tension.high)})</span>
      <span>{many(incidents, "incident")} in {many(volume, "report")} of whatever</span>
    </>
  );
}

/** The incidents of a period, the weightiest first. */
function Behind({ point, scope, close }: { point: TensionPoint; scope: Scope; close: string }) {
  const answer = useAnswer<{ incidents: number; rows: Incident[] }>(`/tension/incidents${to([], { ...scope, since: point.since, until: point.until, limit: 30 }).slice(1)}`);
  return (
    <section class="behind" aria-labelledby="behind" aria-live="polite">
      <h3 id="behind">{days(point.since, point.until)}: what is behind a tension of {rate(point.tension.mean)}</h3>
      <Waiting answer={answer}>
        {({ incidents, rows }) => (
          <>
            <IncidentLines marks={rows} empty="Nothing happened between them; the level is that of the periods around it." />
            <p class="meta">{incidents > rows.length && `The ${rows.length} weightiest of ${many(incidents, "incident")}. `}<a href={close}>Close</a></p>
          </>
        )}
      </Waiting>
    </section>
  );
}

