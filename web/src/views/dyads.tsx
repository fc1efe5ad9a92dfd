// Dyads: between whom most passes, and one of them with who did what, statements beside acts.
import { go, links, to } from "../address";
import { useAnswer, type ActiveDyad, type DyadDay, type DyadWhole, type Incident, type List } from "../api";
import { Balance, Legend, bins } from "../charts/balance";
import { Bars } from "../charts/bars";
import { Chart } from "../charts/frame";
import { Tension, rate } from "../charts/tension";
import { useWidth } from "../charts/width";
import { Filters, IncidentLines, Title, Waiting, asked, type Field } from "../parts";
import { country, days, many } from "../words";
import { Words } from "./accounts";

const span: Field[] = [
  { name: "since", label: "From", type: "date" },
  { name: "until", label: "To", type: "date" },
];

const measured: Field[] = [...span, { name: "by", label: "Tension by", type: "select", options: ["day", "week", "month"], open: "what fits" }];

type Dyads = { since: string; until: string; dyads: ActiveDyad[] };

export function DyadsView({ query }: { query: URLSearchParams }) {
  const answer = useAnswer<Dyads>(asked("/dyads", query, ["since", "until"]));
  return (
    <>
      <Title text="Dyads" />
      <Filters fields={span} query={query} path={["dyads"]} />
      <Waiting answer={answer}>
        {({ since, until, dyads }) => (
          <Chart
            title={days(since, until)}
            name={`dyads-${since}-${until}`}
            note="Goldstein points of what happened between two countries per 100 reports: hostile to the left, cooperative to the right; the tensest pair first."
            table={() => ({
              columns: ["a", "b", "tension", "hostile", "cooperative", "incidents", "conflictual", "cooperative incidents", "sum of Goldstein"],
              rows: dyads.map((d) => [d.a, d.b, ...[d.tension, d.hostile_rate, d.cooperative_rate].map((value) => Math.round(value * 100) / 100), d.incidents, d.conflictual, d.cooperative, d.goldstein]),
            })}
          >
            {dyads.length === 0 ? <p class="none">Nothing passed between two countries in these days.</p> : (
              <Bars
                label="Pairs of countries by tension"
                bars={dyads.map((d) => ({ name: `${country(d.a)} – ${country(d.b)}`, href: links.dyad(d.a, d.b, { since, until }), against: d.hostile_rate, for: d.cooperative_rate }))}
                told={rate}
              />
            )}
          </Chart>
        )}
      </Waiting>
    </>
  );
}

export function DyadView({ pair, query }: { pair: string; query: URLSearchParams }) {
  const [a = "", b = ""] = pair.split(":");
  const answer = useAnswer<DyadWhole>(asked(`/dyads/${encodeURIComponent(pair)}`, query, ["since", "until"]));
  return (
    <article class="whole">
      <Title text={`${country(a)} – ${country(b)}`} over="Dyad" />
      <Filters fields={measured} query={query} path={["dyads", pair]} />
      <Tension scope={{ dyad: pair, mutual: "true" }} path={["dyads", pair]} query={query} name={pair.replace(":", "-")} />
      <Waiting answer={answer}>{(dyad) => <Days dyad={dyad} query={query} />}</Waiting>
      <div class="two">
        <Acts from={a} to={b} query={query} />
        {a !== b && <Acts from={b} to={a} query={query} />}
      </div>
      <Words pair={pair} query={query} />
    </article>
  );
}

function Days({ dyad, query }: { dyad: DyadWhole; query: URLSearchParams }) {
  const { source, target } = dyad;
  const since = query.get("since") ?? dyad.days[0]?.day;
  const until = query.get("until") ?? dyad.days.at(-1)?.day;
  const [element, width] = useWidth<HTMLDivElement>();
  const own = (from: string) => dyad.days.filter((day) => day.source === from);
  const table = (all: DyadDay[]) => () => ({
    columns: ["day", "source", "target", "quad class", "incidents", "sum of Goldstein"],
    rows: all.map((day) => [day.day, day.source, day.target, day.quad, day.incidents, day.goldstein]),
  });
  return (
    <div ref={element}>
      {since && until && dyad.days.length > 0 ? (
        <>
          <Chart title="What passed between them" name={`dyad-${source}-${target}`} note="Incidents that happened, both ways: cooperation above the line, conflict below it; deeds next to the line, words beyond them." table={table(dyad.days)} legend={<Legend />}>
            {width > 0 && <Balance all={dyad.days} since={since} until={until} width={width} label={told(dyad.days, since, until)} />}
          </Chart>
          <div class="two">
            {[[source, target], [target, source]].filter(([from, end], at) => at === 0 || from !== end).map(([from = "", end = ""]) => (
              <Chart key={from} title={`${country(from)} → ${country(end)}`} name={`dyad-${from}-${end}`} note={statements(own(from))} table={table(own(from))}>
                {width > 0 && <Balance all={own(from)} since={since} until={until} width={width > 720 ? (width - 40) / 2 : width} height={140} label={told(own(from), since, until)} />}
              </Chart>
            ))}
          </div>
        </>
      ) : <p class="none">Nothing happened between them in these days. <a href={to(["dyads", `${source}:${target}`])} onClick={() => go(to(["dyads", `${source}:${target}`]))}>All days</a></p>}
    </div>
  );
}

function count(all: DyadDay[], ...wanted: number[]): number {
  return all.filter((day) => wanted.includes(day.quad)).reduce((sum, day) => sum + day.incidents, 0);
}

/** What was said beside what was done. */
function statements(all: DyadDay[]): string {
  return `Statements: ${count(all, 3)} hostile, ${count(all, 1)} friendly. Acts: ${count(all, 4)} hostile, ${count(all, 2)} friendly.`;
}

function told(all: DyadDay[], since: string, until: string): string {
  const busiest = bins(all, since, until, 12).sort((x, y) => y.quads[4] + y.quads[3] - x.quads[4] - x.quads[3])[0];
  return `${statements(all)}${busiest ? ` Most conflict ${days(busiest.from, busiest.to)}.` : ""}`;
}

function Acts({ from, to: end, query }: { from: string; to: string; query: URLSearchParams }) {
  const within = { dyad: `${from}:${end}`, since: query.get("since"), until: query.get("until") };
  const answer = useAnswer<List<Incident>>(`/incidents${to([], { ...within, limit: 15 }).slice(1)}`);
  return (
    <section aria-labelledby={`acts-${from}`}>
      <h2 id={`acts-${from}`}><a href={links.incidents(within)}>{country(from)} towards {country(end)}</a></h2>
      <Waiting answer={answer}>
        {(list) => (
          <>
            <IncidentLines marks={list.rows} empty="Nothing in these days." />
            {list.next && <p><a href={links.incidents(within)}>More than {many(list.rows.length, "incident")}: all of them</a></p>}
          </>
        )}
      </Waiting>
    </section>
  );
}
