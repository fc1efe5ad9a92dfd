// The incidents that fit some conditions.
import { useAnswer, type Incident, type List } from "../api";
import { Chart } from "../charts/frame";
import { Filters, IncidentLines, Pager, Title, Waiting, asked, type Field } from "../parts";
import { eventTypes, statuses } from "../words";

export const conditions: Field[] = [
  { name: "words", label: "Words" },
  { name: "actor", label: "Actor", hint: "SRB, or a name" },
  { name: "dyad", label: "Dyad", hint: "SRB:XKX" },
  { name: "event", label: "Event", type: "select", options: eventTypes },
  { name: "status", label: "Status", type: "select", options: Object.keys(statuses) },
  { name: "trust", label: "Reading", type: "select", options: ["trusted", "doubtful"] },
  { name: "place", label: "Place", hint: "name, or PER" },
  { name: "since", label: "From", type: "date" },
  { name: "until", label: "To", type: "date" },
  { name: "source", label: "Publisher" },
];

const names = conditions.map(({ name }) => name);

export function IncidentsView({ query }: { query: URLSearchParams }) {
  const answer = useAnswer<List<Incident>>(asked("/incidents", query, names));
  return (
    <>
      <Title text="Incidents" />
      <Filters fields={conditions} query={query} path={["incidents"]} />
      <Waiting answer={answer}>
        {(list) => (
          <>
            <Chart
              title={list.next ? `The last ${list.rows.length}` : `${list.rows.length} in all`}
              name="incidents"
              drawn={false}
              table={() => ({
                columns: ["id", "since", "until", "event", "CAMEO", "source", "target", "place", "status", "trusted", "sources", "reports", "figures"],
                rows: list.rows.map((row) => [row.id, row.since, row.until, row.event, row.cameo, row.source.join("; "), row.target.join("; "), row.place, row.status, String(row.trusted), row.sources, row.reports, row.figures.join("; ")]),
              })}
            >
              <IncidentLines marks={list.rows} empty="Nothing in the record fits." />
            </Chart>
            <Pager list={list} path="incidents" query={query} />
          </>
        )}
      </Waiting>
    </>
  );
}
