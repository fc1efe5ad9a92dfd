// Where it happened: the outlines of Natural Earth, places as circles, near ones together until one looks closer.
import { geoEqualEarth, geoPath } from "d3-geo";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { feature } from "topojson-client";
import type { FeatureCollection, Geometry } from "geojson";
import { go, links } from "../address";
import type { PlaceCount } from "../api";
import { many, plain, quadOrder, quads } from "../words";
import { areaOf } from "./areas";
import { Chart } from "./frame";
import { roving, useTip } from "./tip";
import { useWidth } from "./width";

type World = FeatureCollection<Geometry, { name: string }>;

/** Beyond this the finer outlines are fetched. */
const CLOSE = 3.5;
const CLOSEST = 60;
/** Places nearer to each other on the screen than this are told of together. */
const TOGETHER = 24;

const known = new Map<string, Promise<World>>();
function world(scale: "110m" | "50m"): Promise<World> {
  const asked = known.get(scale) ?? fetch(`/world-${scale}.json`).then(async (answer) => {
    const topology = await answer.json();
    return feature(topology, topology.objects.countries) as unknown as World;
  });
  known.set(scale, asked);
  return asked;
}

type View = { k: number; x: number; y: number };
type Cluster = { x: number; y: number; places: PlaceCount[]; incidents: number; quads: [number, number, number, number] };

function cluster(places: PlaceCount[], at: (place: PlaceCount) => [number, number]): Cluster[] {
  const found: Cluster[] = [];
  // The busiest first: the others gather around them.
  for (const place of places) {
    const [x, y] = at(place);
    const near = found.find((other) => Math.hypot(other.x - x, other.y - y) < TOGETHER);
    if (near) {
      near.places.push(place);
      near.incidents += place.incidents;
      place.quads.forEach((count, quad) => (near.quads[quad]! += count));
    } else {
      found.push({ x, y, places: [place], incidents: place.incidents, quads: [...place.quads] });
    }
  }
  return found;
}

const radius = ({ incidents }: Cluster) => Math.min(6 + 3.2 * Math.log2(incidents), 26);

/** The ring of a circle: its share of each quad class. */
function arcs({ quads: counts }: Cluster, r: number): { mark: string; path: string }[] {
  const total = counts.reduce((sum, count) => sum + count, 0) || 1;
  let from = 0;
  return quadOrder.flatMap((quad) => {
    const share = counts[quad - 1]! / total;
    if (share === 0) return [];
    const to = from + share;
    const point = (turn: number) => `${r * Math.sin(2 * Math.PI * turn)},${-r * Math.cos(2 * Math.PI * turn)}`;
    const path = share === 1
      ? `M0,${-r}A${r},${r} 0 1,1 0,${r}A${r},${r} 0 1,1 0,${-r}`
      : `M${point(from)}A${r},${r} 0 ${share > 0.5 ? 1 : 0},1 ${point(to)}`;
    from = to;
    return [{ mark: quads[quad].mark, path }];
  });
}

const ring = ({ places }: Cluster) => (places.length === 1 ? plain(places[0]!.name) : `${plain(places[0]!.name)} and ${many(places.length - 1, "place")} near it`);

export function PlaceMap({ places, since, until }: { places: PlaceCount[]; since: string; until: string }) {
  const [element, width] = useWidth<HTMLDivElement>();
  const [tip, setTip] = useTip(width);
  const [land, setLand] = useState<World | null>(null);
  const [view, setView] = useState<View>({ k: 1, x: 0, y: 0 });
  const drag = useRef<Map<number, [number, number]>>(new Map());
  const svg = useRef<SVGSVGElement>(null);
  const height = Math.max(240, Math.min(width * 0.62, 460));

  const projection = useMemo(() => {
    const whole = geoEqualEarth().fitSize([width || 1, height], { type: "Sphere" });
    if (!places.length) return whole;
    // The region where most of it lies, with some room around it, and not closer than some hundreds of kilometres.
    const turned = geoEqualEarth().rotate([-middle(places), 0]).scale(1).translate([0, 0]);
    const points = places.slice(0, 60).flatMap(({ lon, lat }) => [turned([lon, lat]) ?? []]).filter((point) => point.length === 2);
    const range = (axis: 0 | 1): [number, number] => {
      const all = points.map((point) => point[axis]!);
      return [Math.min(...all), Math.max(...all)];
    };
    const [[x0, x1], [y0, y1]] = [range(0), range(1)];
    const fit = Math.min((width * 0.76) / (x1 - x0), (height * 0.72) / (y1 - y0));
    const scale = Math.min(Math.max(fit, whole.scale()), whole.scale() * 14);
    if (scale === whole.scale()) return whole.rotate([-middle(places), 0]);
    return turned.scale(scale).translate([width / 2 - (scale * (x0 + x1)) / 2, height / 2 - (scale * (y0 + y1)) / 2]);
  }, [places, width, height]);
  const close = projection.scale() * view.k > (CLOSE * width) / 6;
  useEffect(() => {
    let current = true;
    void world("110m").then((coarse) => current && setLand((old) => old ?? coarse));
    if (close) void world("50m").then((fine) => current && setLand(fine));
    return () => void (current = false);
  }, [close]);
  const outlines = useMemo(() => {
    const path = geoPath(projection);
    return land?.features.map((country) => ({ d: path(country) ?? "", name: country.properties.name, at: path.centroid(country), area: path.area(country) })) ?? [];
  }, [land, projection]);
  const areas = useMemo(() => {
    const path = geoPath(projection);
    return land ? places.flatMap((place) => areaOf(place, land.features, path) ?? []) : [];
  }, [land, places, projection]);
  const clusters = useMemo(() => {
    const middles = new Map(areas.map(({ place, at }) => [place, at]));
    return cluster(places, (place) => {
      const [x, y] = middles.get(place) ?? projection([place.lon, place.lat]) ?? [-99, -99];
      return [x * view.k + view.x, y * view.k + view.y];
    });
  }, [places, areas, projection, view]);

  const zoom = (by: number, x = width / 2, y = height / 2) => setView((old) => {
    const k = Math.max(0.25, Math.min(old.k * by, CLOSEST));
    return { k, x: x - ((x - old.x) * k) / old.k, y: y - ((y - old.y) * k) / old.k };
  });
  const move = (dx: number, dy: number) => setView((old) => ({ ...old, x: old.x + dx, y: old.y + dy }));
  useEffect(() => {
    const drawing = svg.current;
    if (!drawing) return;
    // The wheel scrolls the page; with Ctrl, as pinching on a touchpad sends it, it zooms.
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const box = drawing.getBoundingClientRect();
      zoom(Math.exp(-event.deltaY / 150), event.clientX - box.left, event.clientY - box.top);
    };
    drawing.addEventListener("wheel", wheel, { passive: false });
    return () => drawing.removeEventListener("wheel", wheel);
  }, [width]);

  const dragged = (event: PointerEvent) => {
    const before = drag.current.get(event.pointerId);
    if (!before) return;
    const now: [number, number] = [event.clientX, event.clientY];
    const other = [...drag.current].find(([id]) => id !== event.pointerId)?.[1];
    if (other && svg.current) {
      const box = svg.current.getBoundingClientRect();
      const far = (from: [number, number]) => Math.hypot(from[0] - other[0], from[1] - other[1]);
      zoom(far(now) / Math.max(1, far(before)), other[0] - box.left, other[1] - box.top);
    } else {
      move(now[0] - before[0], now[1] - before[1]);
    }
    drag.current.set(event.pointerId, now);
  };
  const choose = (chosen: Cluster) => {
    if (chosen.places.length > 1 && view.k < CLOSEST * 0.9) {
      setTip(null);
      zoom(2.4, chosen.x, chosen.y);
    } else {
      go(links.incidents({ place: chosen.places[0]?.name, since, until }));
    }
  };
  return (
    <Chart
      title="Where"
      name={`places-${since}-${until}`}
      note="Circles grow with the number of trusted incidents; the ring shows their kinds; countries and their sides are shaded by the most frequent. Drag to move; Ctrl and wheel, or two fingers, to look closer."
      table={() => ({
        columns: ["place", "country", "lat", "lon", "incidents", "verbal cooperation", "material cooperation", "verbal conflict", "material conflict", "confirmed"],
        rows: places.map((place) => [place.name, place.country, place.lat, place.lon, place.incidents, ...place.quads, place.confirmed]),
      })}
    >
      <div class="plot map" ref={element}>
        {width > 0 && (
          <svg
            ref={svg}
            width={width}
            height={height}
            viewBox={`0 0 ${width} ${height}`}
            role="group"
            aria-label={`Map of ${many(places.length, "place")}`}
            onPointerDown={(event) => drag.current.set(event.pointerId, [event.clientX, event.clientY])}
            onPointerMove={dragged}
            onPointerUp={(event) => drag.current.delete(event.pointerId)}
            onPointerLeave={(event) => { drag.current.delete(event.pointerId); setTip(null); }}
            onPointerCancel={(event) => drag.current.delete(event.pointerId)}
            onKeyDown={(event) => {
              if (event.key === "+" || event.key === "=") zoom(1.6);
              else if (event.key === "-") zoom(1 / 1.6);
              else roving(event);
            }}
          >
            <g class="land" transform={`translate(${view.x},${view.y}) scale(${view.k})`} aria-hidden="true">
              {outlines.map(({ d, name }) => <path key={name} d={d} />)}
            </g>
            <g class="areas" transform={`translate(${view.x},${view.y}) scale(${view.k})`} aria-hidden="true">
              {areas.map(({ place, outline, box, quad }, at) => (
                <g key={`${place.name}-${place.country}`}>
                  <clipPath id={`area-${at}`}><rect {...box} /></clipPath>
                  <path class={quads[quad].mark} d={outline} clip-path={`url(#area-${at})`} />
                </g>
              ))}
            </g>
            <g class="countries" aria-hidden="true">
              {outlines.filter(({ area, name }) => area * view.k ** 2 > 2600 + 260 * name.length && Number.isFinite(area)).map(({ name, at }) => (
                <text key={name} x={at[0] * view.k + view.x} y={at[1] * view.k + view.y}>{name}</text>
              ))}
            </g>
            {clusters.filter(({ x, y }) => x > -30 && y > -30 && x < width + 30 && y < height + 30).map((one, at) => {
              const r = radius(one);
              const told = () => setTip({ x: one.x, y: one.y, content: (
                <>
                  <strong><bdi>{ring(one)}</bdi></strong>
                  <span>{many(one.incidents, "incident")}</span>
                  {quadOrder.filter((quad) => one.quads[quad - 1]).map((quad) => <span key={quad}>{one.quads[quad - 1]} {quads[quad].name.toLowerCase()}</span>)}
                </>
              ) });
              return (
                <g
                  key={`${one.places[0]?.name}-${one.places[0]?.lat}`}
                  class="place"
                  data-mark
                  role="button"
                  tabIndex={at === 0 ? 0 : -1}
                  transform={`translate(${one.x},${one.y})`}
                  aria-label={`${ring(one)}: ${many(one.incidents, "incident")}`}
                  onClick={() => choose(one)}
                  onKeyDown={(event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(one); } }}
                  onPointerEnter={told}
                  onFocus={told}
                  onBlur={() => setTip(null)}
                >
                  <circle r={r} />
                  {arcs(one, r).map(({ mark, path }) => <path key={mark} class={mark} d={path} />)}
                  {one.incidents > 1 && <text dy="0.35em">{one.incidents}</text>}
                </g>
              );
            })}
          </svg>
        )}
        <div class="zoom">
          <button type="button" aria-label="Look closer" onClick={() => zoom(1.6)}>+</button>
          <button type="button" aria-label="Look from farther" onClick={() => zoom(1 / 1.6)}>−</button>
          <button type="button" aria-label="As at first" onClick={() => setView({ k: 1, x: 0, y: 0 })}>◦</button>
        </div>
        {tip}
      </div>
    </Chart>
  );
}

/** The middle longitude of the places, counted around the globe: half-way on the side where they lie. */
function middle(places: PlaceCount[]): number {
  const radians = places.map(({ lon }) => (lon * Math.PI) / 180);
  const sum = (f: (angle: number) => number) => radians.reduce((total, angle) => total + f(angle), 0);
  return (Math.atan2(sum(Math.sin), sum(Math.cos)) * 180) / Math.PI;
}
