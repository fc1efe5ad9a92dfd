// Conflict to the left, cooperation to the right of each name.
import { plain } from "../words";
import { useWidth } from "./width";

export type Bar = { name: string; href: string; against: number; for: number };

const ROW = 27;
/** For the count beside a bar. */
const COUNT = 30;

/** The name as far as there is room for it. */
function cut(name: string, room: number): string {
  const most = Math.max(4, Math.floor(room / 7.6));
  return name.length <= most ? name : `${name.slice(0, most - 1).trimEnd()}…`;
}

export function Bars({ bars, label, told = String }: { bars: Bar[]; label: string; told?: (value: number) => string }) {
  const [element, width] = useWidth<HTMLDivElement>();
  const names = Math.min(280, Math.max(110, width * 0.34));
  const half = Math.max(10, (width - names) / 2 - COUNT);
  const most = Math.max(1e-9, ...bars.map((bar) => Math.max(bar.against, bar.for)));
  const long = (count: number) => (count / most) * half;
  const [left, right] = [(width - names) / 2, (width + names) / 2];
  return (
    <div class="plot" ref={element}>
      {width > 0 && (
        <svg class="bars" width={width} height={bars.length * ROW} viewBox={`0 0 ${width} ${bars.length * ROW}`} role="group" aria-label={label}>
          {bars.map((bar, at) => (
            <g key={bar.name} transform={`translate(0,${at * ROW})`}>
              <line x2={width} y1={ROW - 0.5} y2={ROW - 0.5} />
              <rect class="q4" x={left - long(bar.against)} width={long(bar.against)} y={6} height={ROW - 13} />
              <text class="count-against" x={left - long(bar.against) - 5} y={ROW / 2} dy="0.3em">{told(bar.against)}</text>
              <a href={bar.href}>
                <title>{`${plain(bar.name)}: ${told(bar.against)} of conflict, ${told(bar.for)} of cooperation`}</title>
                <text class="name" x={width / 2} y={ROW / 2} dy="0.3em">{cut(plain(bar.name), names - 16)}</text>
              </a>
              <rect class="q2" x={right} width={long(bar.for)} y={6} height={ROW - 13} />
              <text class="count-for" x={right + long(bar.for) + 5} y={ROW / 2} dy="0.3em">{told(bar.for)}</text>
            </g>
          ))}
        </svg>
      )}
    </div>
  );
}
