// Cuts the outlines of Natural Earth, as world-atlas has them, to what the map draws: countries and their names.
// The coarse ones come with the page, the finer ones when somebody looks closer.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { presimplify, simplify, filter, filterWeight } from "topojson-simplify";
import { quantize } from "topojson-client";

const page = new URL("../crates/tidings-web/page/", import.meta.url);
mkdirSync(page, { recursive: true });

function cut(scale, weight, steps) {
  const file = new URL(`node_modules/world-atlas/countries-${scale}.json`, import.meta.url);
  const atlas = JSON.parse(readFileSync(file, "utf8"));
  const { countries } = atlas.objects;
  const names = countries.geometries.map(({ type, arcs, properties }) => ({ type, arcs, properties }));
  let world = { ...atlas, objects: { countries: { ...countries, geometries: names } } };
  if (weight > 0) {
    const simple = simplify(presimplify(world), weight);
    world = quantize(filter(simple, filterWeight(simple, weight)), steps);
  }
  writeFileSync(new URL(`world-${scale}.json`, page), JSON.stringify(world) + "\n");
}

cut("110m", 0, 0);
cut("50m", 0.002, 2e4);
