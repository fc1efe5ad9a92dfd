// A report as it was read. What was coded is marked in its text; a mark that is chosen tells its coding and the rule
// that made it, and leads to its incident and back.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { links, go, to } from "../address";
import { useAnswer, type ReportWhole } from "../api";
import { Actors, Badge, Doubt, Glyph, Title, Waiting } from "../parts";
import { characters, codings, kinds, pieces, type Coding, type Kind } from "../spans";
import { action, country, days, doubtful, evidences, many, plain, plainAligned, quads, sectorNames, statuses } from "../words";

const names: Record<Kind, string> = { event: "Events", claim: "Claims", actor: "Actors", place: "Places", time: "Times" };

export function ReportView({ id, at }: { id: string; at: string | null }) {
  const answer = useAnswer<ReportWhole>(`/reports/${encodeURIComponent(id)}`);
  return <Waiting answer={answer} title="Report">{(report) => <Whole report={report} at={at} />}</Waiting>;
}

function Whole({ report, at }: { report: ReportWhole; at: string | null }) {
  const [shown, setShown] = useState<ReadonlySet<Kind>>(new Set(kinds));
  const all = useMemo(() => codings(report), [report]);
  // "s12" is a sentence, any other the id of a coding.
  const sentence = /^s\d+$/.test(at ?? "") ? report.sentences[Number(at!.slice(1))] : undefined;
  const cut = useMemo(
    () => pieces(plainAligned(report.text), all.filter(({ kind }) => shown.has(kind)), report.body, sentence ? [sentence.start, sentence.stop] : []),
    [report, all, shown, sentence],
  );
  const [over, setOver] = useState<Coding[] | null>(null);
  const chosen = useMemo(() => {
    const one = all.find(({ id }) => id === at);
    if (!one) return [];
    // What lies over the first character of the coding that was chosen, it first.
    const start = Math.max(one.start, report.body);
    return [one, ...all.filter((other) => other !== one && other.start <= start && start < other.stop)];
  }, [all, at, report]);
  const text = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (at) text.current?.querySelector(".chosen")?.scrollIntoView({ block: "center" });
  }, [at, report.id]);

  const toggle = (kind: Kind) => {
    const next = new Set(shown);
    if (!next.delete(kind)) next.add(kind);
    setShown(next);
  };
  const choose = (piece: Coding[]) => {
    const [first] = [...piece].sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || a.stop - a.start - (b.stop - b.start));
    if (first) go(to(["reports", report.id], { at: first.id }), { replace: true });
  };
  const told = over ?? chosen;
  return (
    <article class="report">
      <Title text={plain(report.title ?? report.name)} over={<><bdi>{plain(report.publisher ?? "publisher unknown")}</bdi>, <time>{days(report.published)}</time></>} />
      <p class="meta">
        <code>{report.id}</code> · {plain(report.name)} · {many(report.events.length, "event")}, {many(report.claims.length, "claim")}
        {report.copy_of && <> · a copy of <a href={links.report(report.copy_of)}>another report</a></>}
        {report.superseded_by && <> · there is <a href={links.report(report.superseded_by)}>a newer version</a></>}
        {report.copies.length > 0 && <> · copies: {report.copies.map((copy, i) => <a key={copy} href={links.report(copy)}>{i + 1} </a>)}</>}
      </p>
      <fieldset class="layers">
        <legend>Marked in the text</legend>
        {kinds.map((kind) => (
          <label key={kind}>
            <input type="checkbox" checked={shown.has(kind)} onChange={() => toggle(kind)} />
            <span class={`sample ${kind}`}>{names[kind]}</span>
          </label>
        ))}
      </fieldset>
      <div class="reading">
        <div class="text" ref={text} onPointerLeave={() => setOver(null)}>
          {cut.map((piece) => {
            const { codings: own } = piece;
            const within = sentence && sentence.start <= piece.start && piece.start < sentence.stop;
            if (!own.length) return <span key={piece.start} class={within ? "plain sentence chosen" : undefined}>{piece.text}</span>;
            const event = own.find(({ kind }) => kind === "event");
            const quad = event?.kind === "event" ? ` ${quads[event.of.quad].mark}` : "";
            const isChosen = own.some(({ id }) => id === at);
            // Claims run over whole sentences: they are reached at their beginning, other marks by themselves.
            const begins = own.some(({ start }) => Math.max(start, report.body) === piece.start);
            const classes = [...new Set(own.map(({ kind }) => kind))].join(" ");
            const reach = begins ? { tabIndex: 0, role: "button" as const, "aria-pressed": isChosen } : {};
            return (
              <span
                key={piece.start}
                class={`coded ${classes}${quad}${isChosen ? " chosen" : within ? " sentence chosen" : ""}`}
                // Only where the pointer goes by itself, not where text comes to lie under one that rests.
                onPointerMove={(pointer) => pointer.pointerType === "mouse" && (pointer.movementX || pointer.movementY) && setOver(own)}
                onClick={() => choose(own)}
                onFocus={() => setOver(own)}
                onBlur={() => setOver(null)}
                onKeyDown={(key) => {
                  if (key.key !== "Enter" && key.key !== " ") return;
                  key.preventDefault();
                  choose(own);
                }}
                {...reach}
              >
                {piece.text}
              </span>
            );
          })}
        </div>
        <aside class="coding" aria-label="Coding" aria-live="polite">
          {told.length === 0 ? <p class="hint">Point at a marked word, or reach it with Tab, to see how it was coded and by which rule.</p> : told.map((coding) => <Card key={coding.id} coding={coding} report={report} />)}
        </aside>
      </div>
    </article>
  );
}

function Card({ coding, report }: { coding: Coding; report: ReportWhole }) {
  const words = plain(characters(report.text, coding.start, coding.stop));
  switch (coding.kind) {
    case "event": {
      const { of } = coding;
      return (
        <section class="card event">
          <h2><Glyph quad={of.quad} hollow={of.status !== "confirmed"} /> {action(of.cameo)}</h2>
          <p><Actors names={of.source} /> <span class="arrow" aria-label="to">→</span> <Actors names={of.target} /></p>
          <dl>
            <dt>Status</dt><dd><Badge status={of.status} /> <span class="hint">{statuses[of.status]} Factuality {of.factuality}, {of.certainty}, {of.polarity}, {of.standing}.</span></dd>
            {!of.trusted && <><dt>Reading</dt><dd><Doubt trusted={false} /> <span class="hint">{doubtful}</span></dd></>}
            {of.according_to.length > 0 && <><dt>According to</dt><dd><Actors names={of.according_to} /></dd></>}
            <dt>When</dt><dd>{days(of.since, of.until)}</dd>
            {of.place && <><dt>Where</dt><dd><bdi>{plain(of.place)}</bdi></dd></>}
            {of.condition_start !== null && of.condition_stop !== null && <><dt>Condition</dt><dd><q>{plain(characters(report.text, of.condition_start, of.condition_stop))}</q></dd></>}
            {of.figures.length > 0 && <><dt>Figures</dt><dd>{of.figures.map(({ kind, value }) => `${kind} ${value}`).join("; ")}</dd></>}
            <dt>Code</dt><dd>{of.event}{of.mode && `, ${of.mode}`}{of.context && `, ${of.context}`}; CAMEO {of.cameo}; {quads[of.quad].name.toLowerCase()}; Goldstein {of.goldstein}</dd>
            <dt>Rule</dt><dd><code>{of.rule}</code>{of.corrected > 0 && <span class="hint"> {of.corrected & 8 ? "set right by hand: no event" : of.corrected === 16 ? "right, a person says" : "set right by hand"}</span>}</dd>
          </dl>
          {of.incident && <p><a href={links.incident(of.incident)}>The incident, with all that tell of it</a></p>}
        </section>
      );
    }
    case "claim":
      return (
        <section class="card claim">
          <h2>Claim{coding.of.speaker && <> of <Actors names={[coding.of.speaker]} /></>}</h2>
          <blockquote><bdi>{words}</bdi></blockquote>
          <p class="meta">{coding.of.form} speech{coding.of.cue_start !== null && coding.of.cue_stop !== null && <>, marked by <q>{plain(characters(report.text, coding.of.cue_start, coding.of.cue_stop))}</q></>}</p>
          {coding.of.evidence.map((evidence) => (
            <p key={`${evidence.start}-${evidence.kind}`}>
              <span class={`badge ${evidence.kind}`}>{evidences[evidence.kind] ?? evidence.kind}</span> <q>{plain(characters(report.text, evidence.start, evidence.stop))}</q>
              {evidence.speaker && <> · <Actors names={[evidence.speaker]} /></>}
            </p>
          ))}
        </section>
      );
    case "actor":
      return (
        <section class="card actor">
          <h2><Actors names={[coding.of.name]} /></h2>
          <p class="meta">{["actor", coding.of.office && plain(coding.of.office), sectorNames(coding.of.sectors), coding.of.country && country(coding.of.country)].filter(Boolean).join(", ")}</p>
        </section>
      );
    case "place":
      return (
        <section class="card place">
          <h2><a href={links.incidents({ place: coding.of.name })}><bdi>{plain(coding.of.name)}</bdi></a></h2>
          <p class="meta">{["place", coding.of.country && country(coding.of.country), coding.of.lat !== null && coding.of.lon !== null && `${coding.of.lat.toFixed(2)}, ${coding.of.lon.toFixed(2)}`, coding.of.geonames && `GeoNames ${coding.of.geonames}`].filter(Boolean).join(" · ")}</p>
        </section>
      );
    case "time":
      return (
        <section class="card time">
          <h2>{days(coding.of.since, coding.of.until)}</h2>
          <p class="meta"><q>{words}</q> · {coding.of.type.toLowerCase()} {plain(coding.of.value)}</p>
        </section>
      );
  }
}
