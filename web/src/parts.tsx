// Pieces that several views share.
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { links, go, to } from "./address";
import type { Answer, ClaimList, Event, List, Mark, Quad, Status } from "./api";
import { action, days, doubtful, evidences, many, plain, quads, side, statuses } from "./words";

/** What a view shows while it has no answer, or why there is none; `title` where the answer would bring its own. */
export function Waiting<T>({ answer, title, children }: { answer: Answer<T>; title?: string; children: (data: T) => ComponentChildren }) {
  if (answer.problem) {
    return (
      <>
        {title && <Title text={title} />}
        <p class="problem" role="alert">{plain(answer.problem)}</p>
      </>
    );
  }
  if (answer.data === null) return <p class="waiting" role="status">Asking the record…</p>;
  return <div class={answer.loading ? "stale" : "fresh"}>{children(answer.data)}</div>;
}

export function Title({ children, text, over }: { children?: ComponentChildren; text: string; over?: ComponentChildren }) {
  useEffect(() => {
    document.title = text === "Tidings" ? text : `${text} · Tidings`;
  }, [text]);
  return (
    <header class="title">
      {over && <p class="over">{over}</p>}
      <h1>{children ?? text}</h1>
    </header>
  );
}

/** The mark of a quad class: a circle for words, a diamond for deeds; hollow when not confirmed. */
export function Glyph({ quad, hollow = false, size = 12 }: { quad: Quad; hollow?: boolean; size?: number }) {
  return (
    <svg class={`glyph ${quads[quad].mark}${hollow ? " hollow" : ""}`} width={size} height={size} viewBox="-6 -6 12 12" role="img" aria-label={quads[quad].name}>
      <path d={shape(quad, 4.4)} />
    </svg>
  );
}

/** Circles for words, diamonds for deeds, of the same area. */
export function shape(quad: Quad, r: number): string {
  if (quad === 1 || quad === 3) return `M${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0`;
  const d = r * 1.2533;
  return `M0,${-d}L${d},0L0,${d}L${-d},0Z`;
}

export function Badge({ status }: { status: Status }) {
  return <span class={`badge ${status}`} title={statuses[status]}>{status}</span>;
}

/** Marks what the measures do not count, for the program may have misread it. */
export function Doubt({ trusted }: { trusted: boolean }) {
  if (trusted) return null;
  return <> <span class="badge doubtful" title={doubtful}>doubtful</span></>;
}

export function Actors({ names }: { names: string[] }) {
  if (!names.length) return <span class="unknown">unknown</span>;
  return (
    <>
      {names.map((name, at) => (
        <span key={name}>
          {at > 0 && ", "}
          <a class="actor" href={links.actor(name)}><bdi>{plain(name)}</bdi></a>
        </span>
      ))}
    </>
  );
}

/** An incident in one sentence, without links: for titles, labels and tooltips. */
export function inWords(mark: Pick<Mark, "source" | "target" | "cameo">): string {
  const target = mark.target.length ? ` → ${side(mark.target)}` : "";
  return `${mark.source.length ? side(mark.source) : "Unknown"}${target}: ${action(mark.cameo)}`;
}

/** Incidents as lines: who, whom, what; when, where, how sure. */
export function IncidentLines({ marks, empty }: { marks: Mark[]; empty: string }) {
  if (!marks.length) return <p class="none">{empty}</p>;
  return (
    <ol class="lines">
      {marks.map((mark) => (
        <li key={mark.id} class={mark.trusted ? undefined : "doubtful"}>
          <Glyph quad={mark.quad} hollow={mark.status !== "confirmed"} />
          <a class="what" href={links.incident(mark.id)}>
            {mark.source.length > 0 ? <bdi>{side(mark.source)}</bdi> : <span class="unknown">unknown</span>}
            {mark.target.length > 0 && <> <span class="arrow" aria-label="to">→</span> <bdi>{side(mark.target)}</bdi></>}
            <span class="act"> {action(mark.cameo)}</span>
          </a>
          <span class="meta">
            <time>{days(mark.since ?? mark.first_report, mark.since ? mark.until : undefined)}</time>
            {mark.place && <> · <bdi>{plain(mark.place)}</bdi></>}
            {" · "}
            <Badge status={mark.status} />
            <Doubt trusted={mark.trusted} />
            {" · "}
            {many(mark.sources, "source")}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** Claims, each beside what is said of its support: who denies it, in which words, and where evidence is missing. */
export function ClaimLines({ claims: { rows, grounds }, most, empty }: { claims: ClaimList; most?: number; empty: string }) {
  if (!rows.length) return <p class="none">{empty}</p>;
  return (
    <ol class="claims">
      {rows.slice(0, most).map((claim) => {
        const own = grounds.filter((ground) => ground.claim === claim.id);
        return (
          <li key={claim.id}>
            <div class="claimed">
              <p class="speaker">{claim.speaker ? <Actors names={[claim.speaker]} /> : <span class="unknown">Speaker unknown</span>}</p>
              <blockquote><a href={links.report(claim.report_uid, claim.id)}><bdi>{plain(claim.content)}</bdi></a></blockquote>
              <p class="meta">
                {claim.form} speech · <bdi>{plain(claim.publisher ?? claim.report)}</bdi>, <time>{days(claim.published)}</time>
              </p>
            </div>
            {own.length > 0 && (
              <ul class="grounds" aria-label="What is said of its support">
                {own.map((ground) => (
                  <li key={`${ground.kind}-${ground.start}`}>
                    <p class="speaker"><span class={`badge ${ground.kind}`}>{evidences[ground.kind] ?? ground.kind}</span>{ground.speaker && <> <Actors names={[ground.speaker]} /></>}</p>
                    <blockquote><bdi>{plain(ground.words)}</bdi></blockquote>
                  </li>
                ))}
              </ul>
            )}
          </li>
        );
      })}
    </ol>
  );
}

/** The sentence of an event, its act marked, with the way to it in its report. */
export function Telling({ event }: { event: Event }) {
  return (
    <article class="telling">
      <blockquote><a href={links.report(event.report_uid, event.id)}><bdi>{plain(event.text ?? "")}</bdi></a></blockquote>
      <p class="meta">
        <bdi>{plain(event.publisher ?? event.report)}</bdi>, <time>{days(event.published)}</time> · <Badge status={event.status} /><Doubt trusted={event.trusted} />
        {event.according_to.length > 0 && <> · according to <Actors names={event.according_to} /></>}
        {event.figures.length > 0 && <> · {event.figures.join(", ")}</>}
        {" · "}<span class="rule" title="The lexicon entry that made the event">{event.rule}</span>
      </p>
    </article>
  );
}

/** To the next page of a list, and back to its beginning. */
export function Pager<Row>({ list, path, query }: { list: List<Row>; path: string; query: URLSearchParams }) {
  const at = (after: string | null) => {
    const next = new URLSearchParams(query);
    next.delete("after");
    if (after) next.set("after", after);
    return next.size ? `/${path}?${next}` : `/${path}`;
  };
  if (!list.next && !query.has("after")) return null;
  return (
    <nav class="pager" aria-label="Pages">
      {query.has("after") ? <a href={at(null)}>First page</a> : <span />}
      {list.next && <a rel="next" href={at(list.next)}>Next page</a>}
    </nav>
  );
}

export type Field = {
  name: string;
  label: string;
  hint?: string;
  type?: "text" | "date" | "select";
  options?: readonly string[];
  /** What a choice is called that is left open. */
  open?: string;
};

/** Conditions, which stand in the address. */
export function Filters({ fields, query, path }: { fields: Field[]; query: URLSearchParams; path: string[] }) {
  const change = (name: string, value: string) => {
    const conditions: Record<string, string> = {};
    for (const field of fields) conditions[field.name] = query.get(field.name) ?? "";
    conditions[name] = value.trim();
    go(to(path, conditions));
  };
  const set = fields.some((field) => query.get(field.name));
  return (
    <form class="filters" aria-label="Conditions" onSubmit={(event) => event.preventDefault()}>
      {fields.map(({ name, label, hint, type = "text", options, open = "any" }) => {
        const value = query.get(name) ?? "";
        const id = `filter-${name}`;
        return (
          <div class={value ? "set" : undefined} key={name}>
            <label for={id}>{label}</label>
            {type === "select" ? (
              <select id={id} value={value} onChange={(event) => change(name, event.currentTarget.value)}>
                <option value="">{open}</option>
                {options?.map((option) => <option key={option} value={option}>{option.replaceAll("_", " ")}</option>)}
              </select>
            ) : (
              <Input id={id} date={type === "date"} value={value} hint={hint} change={(text) => change(name, text)} />
            )}
          </div>
        );
      })}
      {set && <a class="clear" href={to(path)}>Clear</a>}
    </form>
  );
}

function Input({ id, date, value, hint, change }: { id: string; date: boolean; value: string; hint: string | undefined; change: (value: string) => void }) {
  if (date) return <input id={id} type="date" value={value} onChange={(event) => change(event.currentTarget.value)} />;
  return <input id={id} type="text" value={value} placeholder={hint} maxLength={300} onChange={(event) => change(event.currentTarget.value)} />;
}

/** The conditions of the address as the server takes them. */
export function asked(path: string, query: URLSearchParams, names: readonly string[]): string {
  const conditions = new URLSearchParams();
  for (const name of [...names, "after", "order"]) {
    for (const value of query.getAll(name)) if (value) conditions.append(name, value);
  }
  return conditions.size ? `${path}?${conditions}` : path;
}
