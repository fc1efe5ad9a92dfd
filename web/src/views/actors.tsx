// Actors: all of them, and one with its roles, its allies and adversaries, its claims.
import { links, to } from "../address";
import { useAnswer, type ActorRow, type ActorWhole, type ClaimList, type Incident, type List } from "../api";
import { Bars } from "../charts/bars";
import { Chart } from "../charts/frame";
import { Tension } from "../charts/tension";
import { Actors, ClaimLines, Filters, IncidentLines, Pager, Title, Waiting, asked, type Field } from "../parts";
import { country, days, many, plain, sectorNames } from "../words";

const conditions: Field[] = [
  { name: "words", label: "Name or office" },
  { name: "actor", label: "Country", hint: "SRB" },
];

export function ActorsView({ query }: { query: URLSearchParams }) {
  const answer = useAnswer<List<ActorRow>>(asked("/actors", query, conditions.map(({ name }) => name)));
  return (
    <>
      <Title text="Actors" />
      <Filters fields={conditions} query={query} path={["actors"]} />
      <Waiting answer={answer}>
        {(list) => (
          <>
            {list.rows.length === 0 ? <p class="none">Nobody in the record fits.</p> : (
              <div class="scroll" tabIndex={0} role="region" aria-label="Actors">
                <table class="actors">
                  <thead><tr><th scope="col">Name</th><th scope="col">Country</th><th scope="col">Part</th><th scope="col">Office</th><th scope="col" class="number">acts</th><th scope="col" class="number">acted upon</th><th scope="col" class="number">claims</th></tr></thead>
                  <tbody>
                    {list.rows.map((row, at) => (
                      <tr key={at}>
                        <th scope="row"><Actors names={[row.name]} /></th>
                        <td>{row.country && <a href={to(["actors"], { actor: row.country })}>{country(row.country)}</a>}</td>
                        <td>{sectorNames(row.sectors)}</td>
                        <td>{plain(row.office ?? "")}</td>
                        <td class="number">{row.as_source}</td><td class="number">{row.as_target}</td><td class="number">{row.claims}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            )}
            <Pager list={list} path="actors" query={query} />
          </>
        )}
      </Waiting>
    </>
  );
}

const measured: Field[] = [
  { name: "since", label: "From", type: "date" },
  { name: "until", label: "To", type: "date" },
  { name: "by", label: "Tension by", type: "select", options: ["day", "week", "month"], open: "what fits" },
];

export function ActorView({ name, query }: { name: string; query: URLSearchParams }) {
  const answer = useAnswer<ActorWhole>(`/actors/${encodeURIComponent(name)}`);
  const quoted = encodeURIComponent(`"${name.replaceAll('"', "")}"`);
  const incidents = useAnswer<List<Incident>>(`/incidents?actor=${quoted}&limit=20`);
  const claims = useAnswer<ClaimList>(`/claims?actor=${quoted}&limit=10`);
  return (
    <Waiting answer={answer} title={plain(name)}>
      {(actor) => (
        <article class="whole">
          <Title text={plain(actor.name)} over="Actor" />
          <section aria-labelledby="roles">
            <h2 id="roles">Roles</h2>
            <ol class="roles">
              {actor.roles.map((role, at) => (
                <li key={at}>
                  <span class="role">
                    {[role.office && plain(role.office), sectorNames(role.sectors)].filter(Boolean).join(", ") || "no office known"}
                    {role.country && <>, <a href={to(["actors"], { actor: role.country })}>{country(role.country)}</a></>}
                  </span>
                  <span class="meta">
                    {role.first_report ? `reported ${days(role.first_report, role.last_report)}` : "named only"} · acts {role.as_source}, acted upon {role.as_target}, {many(role.claims, "claim")}
                  </span>
                </li>
              ))}
            </ol>
          </section>
          <Filters fields={measured} query={query} path={["actors", name]} />
          <Tension scope={{ actor: name }} path={["actors", name]} query={query} name={name} />
          <section class="wide" aria-label="Allies and adversaries"><Contacts actor={actor} /></section>
          <div class="two">
          <section aria-labelledby="acts">
            <h2 id="acts"><a href={links.incidents({ actor: `"${actor.name}"` })}>Incidents</a></h2>
            <Waiting answer={incidents}>{(list) => <IncidentLines marks={list.rows} empty="It takes part in no incident." />}</Waiting>
          </section>
          <section aria-labelledby="said">
            <h2 id="said"><a href={to(["claims"], { actor: `"${actor.name}"` })}>Claims</a></h2>
            <Waiting answer={claims}>{(list) => <ClaimLines claims={list} empty="It claims nothing." />}</Waiting>
          </section>
          </div>
        </article>
      )}
    </Waiting>
  );
}

function Contacts({ actor }: { actor: ActorWhole }) {
  if (!actor.contacts.length) return <><h2>Allies and adversaries</h2><p class="none">Nothing that happened links it to another.</p></>;
  return (
    <Chart
      title="Allies and adversaries"
      name={`contacts-${actor.name}`}
      note="Events that happened between the two, in either direction: conflict to the left, cooperation to the right."
      table={() => ({
        columns: ["name", "country", "conflictual", "cooperative", "mean Goldstein", "last report"],
        rows: actor.contacts.map((c) => [c.name, c.country, c.conflictual, c.cooperative, Math.round(c.goldstein * 10) / 10, c.last_report]),
      })}
    >
      <Bars
        label="Allies and adversaries"
        bars={actor.contacts.map((c) => ({ name: c.name, href: links.actor(c.name), against: c.conflictual, for: c.cooperative }))}
      />
    </Chart>
  );
}
