// Words against acts: threats and promises between two countries, each with what was done later.
import { links, to } from "../address";
import { useAnswer, type Account, type Accounts } from "../api";
import { Chart } from "../charts/frame";
import { Waiting } from "../parts";
import { action, days, many, parties } from "../words";

const percent = (share: number) => `${Math.round(100 * share)} %`;
const what = (cameo: string | null, event: string | null) => (cameo ? action(cameo) : (event ?? "").toLowerCase());

export function Words({ pair, query }: { pair: string; query: URLSearchParams }) {
  const asked = { dyad: pair, mutual: "true", since: query.get("since"), until: query.get("until"), limit: 20 };
  const answer = useAnswer<Accounts>(`/words${to([], asked).slice(1)}`);
  return (
    <section class="wide" aria-label="Words against acts">
      <Waiting answer={answer}>
        {({ within, accounts }) => (
          <Chart
            title="Words against acts"
            name={`words-${pair.replace(":", "-")}`}
            drawn={false}
            note={`Threats, and the material conflict of the ${within} days after them; promises, and the material cooperation. Only what lies above the share after any day says that the words meant something.`}
            table={() => ({
              columns: ["source", "target", "form", "id", "day", "CAMEO", "outcome", "acts until", "acts"],
              rows: accounts.flatMap((account) => account.words.map(({ said, outcome, until, acts }) => [
                account.source, account.target, account.form, said.id, said.day, said.cameo, outcome, until,
                acts.map((act) => `${act.day} ${act.cameo ?? act.event} ${act.id}`).join("; "),
              ])),
            })}
          >
            {accounts.length === 0 ? <p class="none">Neither threatened or promised the other anything in these days.</p> : (
              <div class="two accounts">{accounts.map((account) => <One key={`${account.source}-${account.target}-${account.form}`} account={account} within={within} />)}</div>
            )}
          </Chart>
        )}
      </Waiting>
    </section>
  );
}

function One({ account, within }: { account: Account; within: number }) {
  const { source, target, form, said, followed, open, share, usual, words } = account;
  return (
    <section>
      <h3>{parties(source)} <span class="arrow" aria-label="to">→</span> {parties(target)}: {many(said, form)}</h3>
      <p class="meta">
        {followed} followed within {within} days{open > 0 && `, ${open} still open`}
        {share !== null && usual !== null && `; ${percent(share)}, where after any day it is ${percent(usual)}`}
      </p>
      <ol class="words">
        {[...words].reverse().map(({ said: word, outcome, until, acts }) => (
          <li key={word.id}>
            <span class={`badge ${outcome}`}>{outcome === "unfollowed" ? "not followed" : outcome}</span>{" "}
            <a href={links.incident(word.id)}>{what(word.cameo, word.event)}</a> <time class="meta">{days(word.day)}</time>
            {acts.length === 0 ? <p class="meta">{outcome === "open" ? `nothing yet; open until ${days(until)}` : `nothing of the kind by ${days(until)}`}</p> : (
              <ul>
                {acts.map((act) => (
                  <li key={act.id}><span class="arrow" aria-label="then">↳</span> <a href={links.incident(act.id)}>{what(act.cameo, act.event)}</a> <time class="meta">{days(act.day)}</time></li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
