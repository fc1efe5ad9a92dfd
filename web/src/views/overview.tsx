// A crisis at a glance: the days in question, what is new and what changed, between whom, where, and what is contested.
import { go, links, to } from "../address";
import { useAnswer, type ActiveDyad, type Overview as Data, type Stretch } from "../api";
import { Spark } from "../charts/balance";
import { PlaceMap } from "../charts/map";
import { rate } from "../charts/tension";
import { Timeline } from "../charts/timeline";
import { NextDates } from "./dates";
import { ClaimLines, IncidentLines, Title, Waiting, asked } from "../parts";
import { country, days, many } from "../words";

const DAY = 86_400_000;

function before(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - count * DAY).toISOString().slice(0, 10);
}

export function Overview({ query }: { query: URLSearchParams }) {
  const answer = useAnswer<Data>(asked("/overview", query, ["since", "until"]));
  return <Waiting answer={answer} title="Overview">{(data) => <Glance data={data} />}</Waiting>;
}

function Glance({ data }: { data: Data }) {
  const { since, until, record } = data;
  const incidents = data.days.reduce((sum, day) => sum + day.incidents, 0);
  const span = { since, until };
  return (
    <div class="overview">
      <Title text="Tidings" over={`${many(incidents, "trusted incident")} · record of ${many(record.reports, "report")}, ${many(record.incidents, "incident")} in all`}>
        {days(since, until)}
      </Title>
      <SpanPicker {...span} first={record.first_report} last={record.last_report} />
      {record.reports === 0 && <p class="none">The record is empty. Add reports with <code>tidings add REPORTS --record FILE</code>, or drop a file here.</p>}
      <div class="timeline"><Timeline {...span} marks={data.timeline} counts={data.days} /></div>
      <section class="dyads" aria-labelledby="dyads">
        <h2 id="dyads"><a href={to(["dyads"], span)}>Between whom, by tension</a></h2>
        <Dyads lines={data.dyads.slice(0, 8)} stretches={data.stretches} since={since} until={until} />
      </section>
      <section class={data.changed.length ? "new" : "new alone"} aria-labelledby="new">
        <h2 id="new"><a href={links.incidents(span)}>New</a></h2>
        <IncidentLines marks={data.new} empty="Nothing was first reported in these days." />
      </section>
      {data.changed.length > 0 && (
        <section class="changed" aria-labelledby="changed">
          <h2 id="changed">Told of again</h2>
          <IncidentLines marks={data.changed} empty="" />
        </section>
      )}
      <div class="where"><PlaceMap places={data.places} {...span} /></div>
      <NextDates on={until} />
      <section class="contested" aria-labelledby="contested">
        <h2 id="contested"><a href={links.incidents({ ...span, status: "contested" })}>Contested</a></h2>
        <IncidentLines marks={data.contested.rows} empty="No account of these days is contradicted by another." />
      </section>
      <section class="unsupported" aria-labelledby="unsupported">
        <h2 id="unsupported"><a href={to(["claims"], { ...span, status: "none_given" })}>Claimed without evidence</a></h2>
        <ClaimLines claims={data.unsupported} most={6} empty="No report of these days notes that a claim lacks evidence." />
      </section>
    </div>
  );
}

function SpanPicker({ since, until, first, last }: { since: string; until: string; first: string | null; last: string | null }) {
  const set = (from: string, end: string) => go(to([], { since: from, until: end }));
  const end = last ?? until;
  const spans: [string, string | null][] = [["7 days", before(end, 6)], ["30 days", before(end, 29)], ["90 days", before(end, 89)], ["a year", before(end, 364)], ["all", first]];
  return (
    <form class="span filters" aria-label="Days" onSubmit={(event) => event.preventDefault()}>
      <div>
        <label for="since">From</label>
        <input id="since" type="date" value={since} onChange={(event) => event.currentTarget.value && set(event.currentTarget.value, until)} />
      </div>
      <div>
        <label for="until">To</label>
        <input id="until" type="date" value={until} onChange={(event) => event.currentTarget.value && set(since, event.currentTarget.value)} />
      </div>
      <ul class="quick" aria-label="The last">
        {spans.map(([label, from]) => from && (
          <li key={label}><a href={to([], { since: from, until: end })} aria-current={since === from && until === end ? "true" : undefined}>{label}</a></li>
        ))}
      </ul>
    </form>
  );
}

/** Pairs of countries, the tensest first, each with the way to its days. */
function Dyads({ lines, stretches, since, until }: { lines: ActiveDyad[]; stretches: Stretch[]; since: string; until: string }) {
  if (!lines.length) return <p class="none">Nothing passed between two countries in these days.</p>;
  return (
    <>
      <ol class="dyads">
        {lines.map((line) => (
          <li key={`${line.a}:${line.b}`}>
            <a href={links.dyad(line.a, line.b, { since, until })}>{country(line.a)} <span class="arrow" aria-label="and">–</span> {country(line.b)}</a>
            <Spark course={line.course} stretches={stretches} />
            <span class="meta">tension {rate(line.tension)} · {line.conflictual} against, {line.cooperative} for</span>
          </li>
        ))}
      </ol>
      <p class="note">Tension: hostile (up) less cooperative (down) Goldstein points per 100 reports.</p>
    </>
  );
}
