// What the server answers: see docs/openapi.json.
import { useEffect, useRef, useState } from "preact/hooks";

export type Quad = 1 | 2 | 3 | 4;
export type Status = "contested" | "confirmed" | "reported" | "claimed" | "denied" | "planned" | "possible";

export type Mark = {
  id: string;
  since: string | null;
  until: string | null;
  event: string;
  cameo: string;
  goldstein: number;
  quad: Quad;
  source: string[];
  target: string[];
  place: string | null;
  lat: number | null;
  lon: number | null;
  status: Status;
  /** Whether it is counted: what it tells, of whom, is read with confidence. */
  trusted: boolean;
  reports: number;
  sources: number;
  first_report: string | null;
  last_report: string | null;
};

export type Incident = Mark & {
  confidence: number | null;
  mode: string | null;
  source_country: string[];
  target_country: string[];
  place_country: string | null;
  figures: string[];
  mentions: number;
};

export type Event = {
  id: string;
  incident: string | null;
  since: string | null;
  until: string | null;
  event: string;
  mode: string | null;
  cameo: string;
  goldstein: number;
  quad: Quad;
  source: string[];
  target: string[];
  place: string | null;
  status: Status;
  confidence: number | null;
  trusted: boolean;
  factuality: number;
  according_to: string[];
  figures: string[];
  report: string;
  report_uid: string;
  published: string | null;
  publisher: string | null;
  url: string | null;
  sentence: number;
  start: number;
  stop: number;
  rule: string;
  text: string | null;
};

export type Claim = {
  id: string;
  published: string | null;
  speaker: string | null;
  speaker_country: string | null;
  form: string;
  content: string;
  evidence: string[];
  report: string;
  report_uid: string;
  publisher: string | null;
  url: string | null;
  sentence: number;
};

export type ActorRow = {
  name: string;
  country: string | null;
  sectors: string | null;
  office: string | null;
  as_source: number;
  as_target: number;
  claims: number;
};

export type List<Row> = { rows: Row[]; next: string | null };

/** What a report says of the support of a claim. */
export type Ground = { claim: string; kind: string; words: string; speaker: string | null; speaker_country: string | null; start: number; stop: number };
export type ClaimList = List<Claim> & { grounds: Ground[] };

export type DayCount = { day: string; quad: Quad; incidents: number };
export type PlaceCount = {
  name: string;
  /** None of a side of a country. */
  geonames: number | null;
  country: string | null;
  lat: number;
  lon: number;
  incidents: number;
  quads: [number, number, number, number];
  confirmed: number;
};
export type DyadDay = {
  day: string;
  source: string;
  target: string;
  quad: Quad;
  incidents: number;
  goldstein: number;
};
export type ActiveDyad = {
  a: string;
  b: string;
  incidents: number;
  cooperative: number;
  conflictual: number;
  goldstein: number;
  /** Goldstein points per 100 reports. */
  hostile_rate: number;
  cooperative_rate: number;
  /** The one less the other, and the same in each stretch of time. */
  tension: number;
  course: number[];
};
export type Stretch = { since: string; until: string };

export type Estimate = { mean: number; low: number; high: number };
type Counted = { incidents: number; goldstein_sum: number; rate: Estimate };
export type TensionPoint = {
  since: string;
  until: string;
  volume: number;
  incidents: number;
  tension: Estimate;
  hostile: Estimate;
  cooperative: Estimate;
  verbal_cooperation: Counted;
  material_cooperation: Counted;
  verbal_conflict: Counted;
  material_conflict: Counted;
};
export type Break = {
  since: string;
  of: "hostile" | "cooperative";
  probability: number;
  before: number;
  after: number;
  changed: { source: string; target: string; event: string; before: number; after: number }[];
};
export type TensionSeries = {
  scope: string;
  by: "day" | "week" | "month";
  volume_of: string;
  incidents: number;
  points: TensionPoint[];
  breaks: Break[];
};

type Cause = { id: string; day: string; source: string; target: string; cameo: string | null; event: string | null; goldstein: number };
export type Account = {
  source: string;
  target: string;
  form: "threat" | "promise";
  said: number;
  followed: number;
  open: number;
  share: number | null;
  usual: number | null;
  words: { said: Cause; outcome: "followed" | "unfollowed" | "open"; until: string; acts: Cause[] }[];
};
export type Accounts = { within: number; accounts: Account[] };

export type Overview = {
  since: string;
  until: string;
  record: {
    reports: number;
    events: number;
    incidents: number;
    claims: number;
    first_report: string | null;
    last_report: string | null;
  };
  new: Mark[];
  changed: Mark[];
  days: DayCount[];
  timeline: Mark[];
  places: PlaceCount[];
  dyads: ActiveDyad[];
  stretches: Stretch[];
  contested: List<Incident>;
  unsupported: ClaimList;
};

export type IncidentWhole = {
  incident: Incident;
  events: Event[];
  merged: { event: string; merged: boolean; points: number; needed: number; aspects: [string, string][] }[];
  corrections: { id: string; told: string }[];
};

export type ActorWhole = {
  name: string;
  roles: {
    country: string | null;
    sectors: string;
    office: string | null;
    first_report: string | null;
    last_report: string | null;
    as_source: number;
    as_target: number;
    claims: number;
  }[];
  contacts: {
    name: string;
    country: string | null;
    cooperative: number;
    conflictual: number;
    goldstein: number;
    last_report: string | null;
  }[];
};

export type DyadWhole = { source: string; target: string; days: DyadDay[] };

export type EventSpan = Omit<Event, "report" | "report_uid" | "published" | "publisher" | "url" | "text" | "figures"> & {
  context: string;
  certainty: string;
  polarity: string;
  standing: string;
  condition_start: number | null;
  condition_stop: number | null;
  /** 1 source, 2 target, 4 code, 8 that it is no event, 16 that it is right. */
  corrected: number;
  figures: { kind: string; value: number; start: number; stop: number }[];
};
export type ClaimSpan = {
  id: string;
  sentence: number;
  start: number;
  stop: number;
  cue_start: number | null;
  cue_stop: number | null;
  speaker: string | null;
  form: string;
  evidence: { kind: string; start: number; stop: number; speaker: string | null }[];
};
export type ActorSpan = {
  start: number;
  stop: number;
  name: string;
  country: string | null;
  sectors: string;
  office: string | null;
};
export type PlaceSpan = {
  start: number;
  stop: number;
  name: string;
  geonames: number | null;
  lat: number | null;
  lon: number | null;
  country: string | null;
};
export type TimeSpan = {
  start: number;
  stop: number;
  type: string;
  value: string;
  since: string | null;
  until: string | null;
};
export type ReportWhole = {
  id: string;
  name: string;
  published: string | null;
  title: string | null;
  publisher: string | null;
  url: string | null;
  language: string | null;
  coder: string;
  copy_of: string | null;
  superseded_by: string | null;
  copies: string[];
  body: number;
  text: string;
  sentences: { start: number; stop: number; repeats: number | null }[];
  events: EventSpan[];
  claims: ClaimSpan[];
  actors: ActorSpan[];
  places: PlaceSpan[];
  times: TimeSpan[];
};

export type Found = {
  words: string;
  actors: List<ActorRow>;
  incidents: List<Incident>;
  claims: ClaimList;
  reports: {
    id: string;
    name: string;
    published: string | null;
    title: string | null;
    publisher: string | null;
    excerpt: { text: string; sought: boolean }[];
  }[];
};

export type Sentence = {
  report: string;
  report_uid: string;
  published: string | null;
  publisher: string | null;
  sentence: number;
  text: string;
};
export type DateAhead = {
  id: string;
  since: string | null;
  until: string | null;
  days_left: number | null;
  kind: string;
  state: string;
  set_by: string[];
  parties: string[];
  what: string;
  condition: string | null;
  according_to: string[];
  sources: number;
  told: Sentence[];
  met_by: Sentence[];
  missed_by: Sentence[];
};
export type Dates = { on: string; dates: DateAhead[]; next: string | null };

export type Answer<T> = { data: T | null; problem: string | null; loading: boolean };

/** Asks the server; a problem comes as an error in plain words. */
export async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  const answer = await fetch(`/api/v1${path}`, init).catch(() => {
    throw new Error("the server does not answer; is `tidings serve` still running?");
  });
  const body: unknown = await answer.json().catch(() => null);
  if (!answer.ok) {
    const detail = (body as { detail?: string } | null)?.detail;
    throw new Error(detail ?? `the server answered ${answer.status}`);
  }
  return body as T;
}

/** The answer to a question, asked anew when the record changes; the old answer stays until the new one is there. */
export function useAnswer<T>(path: string | null): Answer<T> {
  const [answer, set] = useState<Answer<T> & { of: string | null }>({ data: null, problem: null, loading: true, of: null });
  const news = useNews();
  const wanted = useRef(path);
  wanted.current = path;
  useEffect(() => {
    if (path === null) return;
    const stop = new AbortController();
    set((old) => ({ ...old, loading: true }));
    ask<T>(path, { signal: stop.signal })
      .then((data) => set({ data, problem: null, loading: false, of: path }))
      .catch((error: Error) => {
        if (!stop.signal.aborted) set({ data: null, problem: error.message, loading: false, of: path });
      });
    return () => stop.abort();
  }, [path, news]);
  return answer;
}

// News from the server: the record changed, or a dropped file is being read.
type Progress = { name: string; done: number };
let changes = 0;
const onChange = new Set<() => void>();
const onProgress = new Set<(progress: Progress) => void>();

/** Listens to the server; to be called once. */
export function listen(): void {
  let due: ReturnType<typeof setTimeout> | undefined;
  const stream = new EventSource("/api/v1/stream");
  stream.addEventListener("changed", () => {
    // While many reports come in, the page asks anew no more than every other second.
    due ??= setTimeout(() => {
      due = undefined;
      refresh();
    }, 2000);
  });
  stream.addEventListener("progress", (event) => {
    const progress = JSON.parse((event as MessageEvent<string>).data) as Progress;
    onProgress.forEach((told) => told(progress));
  });
}

/** Asks everything that is shown anew. */
export function refresh(): void {
  changes += 1;
  onChange.forEach((told) => told());
}

function useNews(): number {
  const [count, set] = useState(changes);
  useEffect(() => {
    const told = () => set(changes);
    onChange.add(told);
    return () => void onChange.delete(told);
  }, []);
  return count;
}

export function useProgress(told: (progress: Progress) => void): void {
  useEffect(() => {
    onProgress.add(told);
    return () => void onProgress.delete(told);
  }, [told]);
}
