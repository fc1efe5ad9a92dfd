// The dates to watch: deadlines, meetings, votes, and how they stand.
import { links, to } from "../address";
import { useAnswer, type DateAhead, type Dates } from "../api";
import { Chart } from "../charts/frame";
import { Actors, Filters, Pager, Title, Waiting, asked, type Field } from "../parts";
import { days, many, plain } from "../words";

const conditions: Field[] = [
  { name: "status", label: "Stands", type: "select", options: ["open", "met", "missed", "unclear"] },
  { name: "actor", label: "Actor", hint: "SRB, or a name" },
  { name: "words", label: "Words" },
  { name: "since", label: "From", type: "date" },
  { name: "until", label: "To", type: "date" },
  { name: "on", label: "Seen on", type: "date" },
];

export function DatesView({ query }: { query: URLSearchParams }) {
  const answer = useAnswer<Dates>(asked("/dates", query, conditions.map(({ name }) => name)));
  return (
    <>
      <Title text="Dates to watch" />
      <Filters fields={conditions} query={query} path={["dates"]} />
      <Waiting answer={answer}>
        {({ on, dates, next }) => (
          <>
            <Chart
              title={`Seen on ${days(on)}`}
              name={`dates-${on}`}
              drawn={false}
              table={() => ({
                columns: ["id", "since", "until", "days left", "kind", "state", "set by", "parties", "what", "condition", "sources"],
                rows: dates.map((d) => [d.id, d.since, d.until, d.days_left, d.kind, d.state, d.set_by.join("; "), d.parties.join("; "), d.what, d.condition, d.sources]),
              })}
            >
              <DateLines dates={dates} empty="Nobody set a date that fits." />
            </Chart>
            <Pager list={{ rows: dates, next }} path="dates" query={query} />
          </>
        )}
      </Waiting>
    </>
  );
}

/** The open dates that come next, for the overview. */
export function NextDates({ on }: { on: string }) {
  const answer = useAnswer<Dates>(`/dates?status=open&on=${on}&since=${on}&limit=6`);
  return (
    <section class="dates" aria-labelledby="dates">
      <h2 id="dates"><a href={to(["dates"], { on, status: "open" })}>Dates to watch</a></h2>
      <Waiting answer={answer}>{({ dates }) => <DateLines dates={dates} empty="No date lies ahead." />}</Waiting>
    </section>
  );
}

/** How long it is until then, in words. */
function left({ days_left, until, state }: DateAhead): string {
  if (days_left === null) return until ? days(until) : "no day";
  if (days_left === 0) return "today";
  if (days_left > 0) return `in ${many(days_left, "day")}`;
  return state === "open" ? `${many(-days_left, "day")} over` : `${many(-days_left, "day")} ago`;
}

function DateLines({ dates, empty }: { dates: DateAhead[]; empty: string }) {
  if (!dates.length) return <p class="none">{empty}</p>;
  return (
    <ol class="ahead">
      {dates.map((date) => {
        const [first] = date.told;
        return (
          <li key={date.id}>
            <span class="left"><b>{left(date)}</b> {date.until && <time>{days(date.since ?? date.until, date.until)}</time>}</span>
            <span class="what">
              {first ? <a href={links.report(first.report_uid, `s${first.sentence}`)}><bdi>{plain(date.what)}</bdi></a> : <bdi>{plain(date.what)}</bdi>}
              {date.condition && !date.what.includes(date.condition) && <span class="act"> {plain(date.condition)}</span>}
            </span>
            <span class="meta">
              <span class={`badge ${date.state}`}>{date.state}</span> {date.kind}
              {date.set_by.length > 0 && <> · set by <Actors names={date.set_by} /></>}
              {" · "}{many(date.sources, "source")}
              {[...date.met_by, ...date.missed_by].slice(0, 2).map((ground) => (
                <span key={`${ground.report_uid}-${ground.sentence}`}> · <a href={links.report(ground.report_uid, `s${ground.sentence}`)}>how it went</a></span>
              ))}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
