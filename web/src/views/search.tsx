// Words sought in everything.
import { links, to } from "../address";
import { useAnswer, type Found } from "../api";
import { Actors, ClaimLines, IncidentLines, Title, Waiting } from "../parts";
import { country, days, plain, sectorNames } from "../words";

export function SearchView({ query }: { query: URLSearchParams }) {
  const words = query.get("words") ?? "";
  const answer = useAnswer<Found>(words ? `/search?words=${encodeURIComponent(words)}` : null);
  if (!words) return <Title text="Search"><span>Search</span></Title>;
  return (
    <>
      <Title text={`“${plain(words)}”`} over="Search" />
      <Waiting answer={answer}>{(found) => <Results found={found} />}</Waiting>
    </>
  );
}

function Results({ found }: { found: Found }) {
  const { words } = found;
  return (
    <div class="results">
      <section aria-labelledby="found-actors">
        <h2 id="found-actors"><a href={to(["actors"], { words })}>Actors</a></h2>
        {found.actors.rows.length === 0 ? <p class="none">None by this name.</p> : (
          <ul class="names">
            {found.actors.rows.map((row, at) => (
              <li key={at}>
                <Actors names={[row.name]} />{" "}
                <span class="meta">{[row.country && country(row.country), plain(row.office ?? "") || sectorNames(row.sectors)].filter(Boolean).join(", ")}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="found-reports">
        <h2 id="found-reports">Reports</h2>
        {found.reports.length === 0 ? <p class="none">None with all of these words.</p> : (
          <ol class="lines reports">
            {found.reports.map((report) => (
              <li key={report.id}>
                <a class="what" href={links.report(report.id)}><bdi>{plain(report.title ?? report.name)}</bdi></a>
                <p>{report.excerpt.map((piece, at) => (piece.sought ? <mark key={at}>{plain(piece.text)}</mark> : <span key={at}>{plain(piece.text)}</span>))}</p>
                <span class="meta"><bdi>{plain(report.publisher ?? report.name)}</bdi>, <time>{days(report.published)}</time></span>
              </li>
            ))}
          </ol>
        )}
      </section>
      <section aria-labelledby="found-incidents">
        <h2 id="found-incidents"><a href={links.incidents({ words })}>Incidents in reports with these words</a></h2>
        <IncidentLines marks={found.incidents.rows} empty="None." />
      </section>
      <section aria-labelledby="found-claims">
        <h2 id="found-claims"><a href={to(["claims"], { words })}>Claims</a></h2>
        <ClaimLines claims={found.claims} empty="None with all of these words." />
      </section>
    </div>
  );
}
