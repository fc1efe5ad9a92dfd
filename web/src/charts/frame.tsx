// The frame of every chart: its title, and the same as a table, as CSV, as SVG and as PNG.
import type { ComponentChildren } from "preact";
import { useId, useRef, useState } from "preact/hooks";
import { plain } from "../words";

export type Table = { columns: string[]; rows: (string | number | null)[][] };

export function Chart({ title, note, name, table, legend, drawn = true, children }: {
  title: string;
  note?: ComponentChildren;
  /** Of the files that are downloaded. */
  name: string;
  table: () => Table;
  legend?: ComponentChildren;
  /** Whether it is drawn; a list is not. */
  drawn?: boolean;
  children: ComponentChildren;
}) {
  const [asTable, setAsTable] = useState(false);
  const drawing = useRef<HTMLDivElement>(null);
  const id = useId();
  const draw = (take: (drawing: Standalone) => void) => {
    const svg = drawing.current?.querySelector("svg");
    if (svg) take(standalone(svg));
  };
  return (
    <figure class="chart" aria-labelledby={id}>
      <figcaption>
        <h2 id={id}>{title}</h2>
        <div class="tools">
          <button type="button" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>Table</button>
          <button type="button" onClick={() => save(`${name}.csv`, new Blob([csv(table())], { type: "text/csv" }))}>CSV</button>
          {drawn && <button type="button" disabled={asTable} onClick={() => draw((svg) => save(`${name}.svg`, new Blob([svg.text], { type: "image/svg+xml" })))}>SVG</button>}
          {drawn && <button type="button" disabled={asTable} onClick={() => draw((svg) => void png(svg).then((image) => save(`${name}.png`, image)))}>PNG</button>}
        </div>
        {note && <p class="note">{note}</p>}
        {legend}
      </figcaption>
      <div class="drawing" ref={drawing}>{asTable ? <Rows table={table()} label={title} /> : children}</div>
    </figure>
  );
}

const SHOWN = 500;

function Rows({ table, label }: { table: Table; label: string }) {
  const shown = table.rows.slice(0, SHOWN);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={`${label}, as a table`}>
      <table>
        <thead><tr>{table.columns.map((column) => <th key={column} scope="col">{column}</th>)}</tr></thead>
        <tbody>
          {shown.map((row, at) => (
            <tr key={at}>{row.map((cell, i) => <td key={i} class={typeof cell === "number" ? "number" : undefined}>{typeof cell === "string" ? plain(cell) : cell}</td>)}</tr>
          ))}
        </tbody>
      </table>
      {table.rows.length > SHOWN && <p class="note">The first {SHOWN} rows; the CSV holds all {table.rows.length}.</p>}
    </div>
  );
}

/** RFC 4180. A text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, "CSV injection"). */
export function csv({ columns, rows }: Table): string {
  const cell = (value: string | number | null) => {
    if (value === null) return "";
    if (typeof value === "number") return String(value);
    const text = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [columns, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

// What a drawing needs to look the same outside the page.
const kept = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "opacity", "font-family", "font-size", "font-weight", "font-style", "text-anchor", "dominant-baseline", "display", "paint-order", "vector-effect"];

type Standalone = { text: string; width: number; height: number };

function standalone(svg: SVGSVGElement): Standalone {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll<SVGElement>("*")];
  const copies = [copy, ...copy.querySelectorAll<SVGElement>("*")];
  originals.forEach((original, at) => {
    const style = getComputedStyle(original);
    for (const property of kept) copies[at]?.setAttribute(property, style.getPropertyValue(property));
    copies[at]?.removeAttribute("class");
  });
  const { width, height } = svg.getBoundingClientRect();
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(Math.round(width)));
  copy.setAttribute("height", String(Math.round(height)));
  const paper = getComputedStyle(document.body).backgroundColor;
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  const box = svg.viewBox.baseVal;
  for (const [name, value] of Object.entries({ x: box.x, y: box.y, width: box.width, height: box.height, fill: paper })) {
    ground.setAttribute(name, String(value));
  }
  copy.prepend(ground);
  return { text: new XMLSerializer().serializeToString(copy), width, height };
}

/** The drawing as points, two for each of the screen. */
async function png({ text, width, height }: Standalone): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [2 * width, 2 * height];
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("no picture"))), "image/png"));
}

function save(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
