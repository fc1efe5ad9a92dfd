// The words the page uses for codes. What an action is called stands in the lexicon, for the brief and the page alike.
import actions from "../../lexicon/brief/actions.tsv?raw";
import codes from "./countries.tsv?raw";
import type { Quad, Status } from "./api";

const rows = (table: string) =>
  table.split("\n").filter((line) => line && !line.startsWith("#")).map((line) => line.split("\t") as [string, string]);

const called = new Map(rows(actions));
const alpha2 = new Map(rows(codes));
const names = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });

/** CAMEO codes with what they are called. */
export const actionCodes: readonly (readonly [code: string, words: string])[] = [...called];

/** What a CAMEO code is called: the words of the longest code it begins with. */
export function action(cameo: string): string {
  for (let end = cameo.length; end >= 2; end -= 1) {
    const words = called.get(cameo.slice(0, end));
    if (words) return words;
  }
  return cameo;
}

/** The name of a country given by its ISO 3166-1 alpha-3 code. */
export function country(code: string): string {
  const two = alpha2.get(code);
  return (two && names.of(two)) || code;
}

/** The countries or names of a side, as measures give them: "KGZ; TJK". */
export function parties(side: string): string {
  return side.split("; ").map((one) => plain(country(one))).join(", ");
}

export const quads: Record<Quad, { name: string; short: string; mark: string }> = {
  4: { name: "Material conflict", short: "deeds against", mark: "q4" },
  3: { name: "Verbal conflict", short: "words against", mark: "q3" },
  1: { name: "Verbal cooperation", short: "words for", mark: "q1" },
  2: { name: "Material cooperation", short: "deeds for", mark: "q2" },
};

export const quadOrder: Quad[] = [4, 3, 1, 2];

export const statuses: Record<Status, string> = {
  confirmed: "It happened, in the own words of two independent sources.",
  reported: "It happened, in the own words of one source.",
  claimed: "It happened, on the word of somebody quoted.",
  contested: "It happened, by one account, and did not, by another.",
  denied: "It did not happen.",
  planned: "It is to happen.",
  possible: "It is feared, demanded, threatened or uncertain.",
};

export const doubtful = "The act or its parties may be misread: it is not counted.";

export const evidences: Record<string, string> = {
  none_given: "no evidence given",
  denied: "denied",
  supported: "supported",
};

export const eventTypes = [
  "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
  "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
];

export const sectors: Record<string, string> = {
  GOV: "government", MIL: "military", COP: "police", REB: "rebels", OPP: "opposition", CVL: "civilians",
  IGO: "intergovernmental organisation", NGO: "non-governmental organisation", JUD: "courts", LEG: "legislature",
  MED: "media", BUS: "business", EDU: "education", SPY: "intelligence", PTY: "party", ELI: "elites", LAB: "labour",
  REL: "religious", UNS: "unspecified", PRM: "paramilitary", CRM: "criminals", JEW: "Jewish", MSF: "aid workers",
};

/** The sectors of an actor in words. */
export function sectorNames(list: string | null): string {
  return (list ?? "").split(" ").filter(Boolean).map((code) => sectors[code] ?? code).join(", ");
}

// Control characters, and the marks of Unicode's bidirectional algorithm (UAX 9) and its tags: what steers a display.
const steering = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/gu;

/** Words of a report: whatever would steer the display is shown as �. Line ends and tabs stay. */
export function plain(text: string): string {
  return text.replace(steering, (c) => (c === "\n" || c === "\t" ? c : c === "\r" ? "" : "\ufffd"));
}

/** As `plain`, each character for one: offsets hold. */
export function plainAligned(text: string): string {
  return text.replace(steering, (c) => (c === "\n" || c === "\t" || c === "\r" ? c : "\ufffd"));
}

const dayForm = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const shortForm = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

/** A day, or the days from one to another. */
export function days(since: string | null, until: string | null = since): string {
  if (!since) return "day unknown";
  const from = new Date(`${since}T00:00:00Z`);
  if (!until || until === since) return dayForm.format(from);
  const end = new Date(`${until}T00:00:00Z`);
  const sameYear = since.slice(0, 4) === until.slice(0, 4);
  return `${sameYear ? shortForm.format(from) : dayForm.format(from)} – ${dayForm.format(end)}`;
}

export function shortDay(day: string): string {
  return shortForm.format(new Date(`${day}T00:00:00Z`));
}

/** A number of things: "1 report", "1,204 reports". */
export function many(count: number, one: string, more = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : more}`;
}

/** Who acts or is acted upon. */
export function side(names: string[]): string {
  return names.length ? plain(names.join(", ")) : "—";
}
