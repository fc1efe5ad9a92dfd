// Who claims what, and what the reports say of the evidence.
import { useAnswer, type ClaimList } from "../api";
import { Chart } from "../charts/frame";
import { ClaimLines, Filters, Pager, Title, Waiting, asked, type Field } from "../parts";

const conditions: Field[] = [
  { name: "words", label: "Words" },
  { name: "actor", label: "Speaker", hint: "SRB, or a name" },
  { name: "status", label: "Evidence", type: "select", options: ["none_given", "denied", "supported"] },
  { name: "dyad", label: "Dyad", hint: "SRB:XKX" },
  { name: "since", label: "From", type: "date" },
  { name: "until", label: "To", type: "date" },
  { name: "source", label: "Publisher" },
];

export function ClaimsView({ query }: { query: URLSearchParams }) {
  const answer = useAnswer<ClaimList>(asked("/claims", query, conditions.map(({ name }) => name)));
  return (
    <>
      <Title text="Claims" />
      <Filters fields={conditions} query={query} path={["claims"]} />
      <Waiting answer={answer}>
        {(list) => (
          <>
            <Chart
              title={list.next ? `The last ${list.rows.length}` : `${list.rows.length} in all`}
              name="claims"
              drawn={false}
              table={() => ({
                columns: ["id", "published", "speaker", "form", "content", "evidence", "in which words", "publisher", "report"],
                rows: list.rows.map((row) => {
                  const said = list.grounds.filter((ground) => ground.claim === row.id).map((ground) => `${ground.speaker ?? row.publisher ?? ""}: ${ground.words}`);
                  return [row.id, row.published, row.speaker, row.form, row.content, row.evidence.join("; "), said.join(" | "), row.publisher, row.report];
                }),
              })}
            >
              <ClaimLines claims={list} empty="Nothing in the record fits." />
            </Chart>
            <Pager list={list} path="claims" query={query} />
          </>
        )}
      </Waiting>
    </>
  );
}
