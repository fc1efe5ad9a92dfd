// One happening, and every sentence that tells of it.
import { links } from "../address";
import { useAnswer, type IncidentWhole } from "../api";
import { Correct } from "../correct";
import { Actors, Badge, Doubt, Glyph, Telling, Title, Waiting, inWords } from "../parts";
import { action, days, doubtful, many, plain, quads, statuses } from "../words";

export function IncidentView({ id }: { id: string }) {
  const answer = useAnswer<IncidentWhole>(`/incidents/${encodeURIComponent(id)}`);
  return <Waiting answer={answer} title="Incident">{(whole) => <Whole {...whole} />}</Waiting>;
}

function Whole(whole: IncidentWhole) {
  const { incident, events, merged, corrections } = whole;
  const { since, until } = incident;
  const [source] = incident.source_country;
  const [target] = incident.target_country;
  return (
    <article class="incident">
      <Title text={inWords(incident)} over={<><Glyph quad={incident.quad} hollow={incident.status !== "confirmed"} /> {quads[incident.quad].name}</>}>
        <Actors names={incident.source} />
        {incident.target.length > 0 && <> <span class="arrow" aria-label="to">→</span> <Actors names={incident.target} /></>}
        <span class="act">{action(incident.cameo)}</span>
      </Title>
      <dl class="facts">
        <div><dt>When</dt><dd>{days(since, until)}</dd></div>
        <div><dt>Where</dt><dd>{incident.place ? <a href={links.incidents({ place: incident.place })}><bdi>{plain(incident.place)}</bdi></a> : <span class="unknown">unknown</span>}{incident.place_country && ` (${incident.place_country})`}</dd></div>
        <div><dt>Did it happen?</dt><dd><Badge status={incident.status} /> <span class="hint">{statuses[incident.status]}</span></dd></div>
        {!incident.trusted && <div><dt>Is it read right?</dt><dd><Doubt trusted={false} /> <span class="hint">{doubtful}</span></dd></div>}
        <div><dt>Told by</dt><dd>{many(incident.sources, "independent source")}, {many(incident.reports, "report")}</dd></div>
        {incident.figures.length > 0 && <div><dt>Figures</dt><dd>{incident.figures.join("; ")} <span class="hint">(sources that give it)</span></dd></div>}
        <div><dt>Coded as</dt><dd>{incident.event}{incident.mode && `, ${incident.mode}`}; CAMEO {incident.cameo}; Goldstein {incident.goldstein}</dd></div>
        {source && target && source !== target && <div><dt>Dyad</dt><dd><a href={links.dyad(source, target)}>{source} – {target}</a></dd></div>}
      </dl>
      <section aria-labelledby="sentences">
        <h2 id="sentences">{events.length === 1 ? "The sentence it rests on" : `The ${events.length} sentences it rests on`}</h2>
        {events.map((event) => <Telling key={event.id} event={event} />)}
      </section>
      {merged.length > 0 && (
        <details>
          <summary>Why these are one happening</summary>
          <div class="scroll" tabIndex={0} role="region" aria-label="Why these are one happening">
            <table>
              <thead><tr><th scope="col">Event</th><th scope="col">Points</th><th scope="col">Needed</th><th scope="col">Aspect by aspect</th></tr></thead>
              <tbody>
                {merged.map((one) => (
                  <tr key={one.event}>
                    <td><code>{one.event}</code></td><td class="number">{one.points}</td><td class="number">{one.needed}</td>
                    <td>{one.aspects.map(([aspect, agreement]) => `${aspect} ${agreement}`).join(", ")}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      )}
      {corrections.length > 0 && <p class="meta">Set right by hand: {corrections.map((one) => plain(one.told)).join("; ")}</p>}
      <Correct {...whole} />
    </article>
  );
}
