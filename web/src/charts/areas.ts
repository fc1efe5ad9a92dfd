// Places that are no point on a map: a country as a whole, or one side of it ("northern Kosovo").
import { geoContains, type GeoPath } from "d3-geo";
import type { Feature, Geometry } from "geojson";
import type { PlaceCount, Quad } from "../api";
import { country, quadOrder } from "../words";

export type Area = {
  place: PlaceCount;
  /** The outline of the country, and the part of the drawing that is meant. */
  outline: string;
  box: { x: number; y: number; width: number; height: number };
  /** Where its mark stands. */
  at: [number, number];
  /** What happened there most. */
  quad: Quad;
};

const side = /^(?:the\s+)?(north|south)?[\s-]*(east|west)?(?:ern)?\s+\p{L}/iu;

/** The area of a place by the outlines of countries; null for towns and what no outline holds. */
export function areaOf(place: PlaceCount, land: Feature<Geometry, { name: string }>[], path: GeoPath): Area | null {
  const [, vertical, horizontal] = (place.geonames === null && side.exec(place.name)) || [];
  const part = Boolean(vertical || horizontal);
  if (!part && (!place.country || place.name !== country(place.country))) return null;
  const found = land.find((feature) => geoContains(feature, [place.lon, place.lat]));
  const outline = found && path(found);
  if (!found || !outline) return null;
  const [[x0, y0], [x1, y1]] = path.bounds(found);
  const half = (from: number, to: number, which: -1 | 0 | 1): [number, number] => {
    const middle = (from + to) / 2;
    return which < 0 ? [from, middle] : which > 0 ? [middle, to] : [from, to];
  };
  const [left, right] = half(x0, x1, horizontal ? (/west/i.test(horizontal) ? -1 : 1) : 0);
  const [top, foot] = half(y0, y1, vertical ? (/north/i.test(vertical) ? -1 : 1) : 0);
  const quad = quadOrder.reduce((most, one) => (place.quads[one - 1]! > place.quads[most - 1]! ? one : most));
  const [x, y] = path.centroid(found);
  return {
    place,
    outline,
    box: { x: left, y: top, width: right - left, height: foot - top },
    at: part ? [horizontal ? (left + right) / 2 : x, vertical ? (top + foot) / 2 : y] : [x, y],
    quad,
  };
}
