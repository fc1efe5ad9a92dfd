// Setting an incident right by hand: signed, kept beside what was coded, and undone at will.
import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { go } from "./address";
import { ask, refresh, useAnswer, type Event, type IncidentWhole } from "./api";
import { action, actionCodes, plain, sectors, side } from "./words";

type Change =
  | { kind: "merge"; incidents: string[] }
  | { kind: "split"; incident: string; events: string[] }
  | { kind: "actor"; event: string; role: string; who: { name: string; country: string | null; sectors: string[] } | null }
  | { kind: "code"; event: string; cameo: string }
  | { kind: "not-an-event"; event: string }
  | { kind: "right"; event: string }
  | { kind: "undo"; correction: string };

const remembered = "tidings-by";

function short(event: Event): string {
  return plain(`${side(event.source)} → ${side(event.target)}: ${action(event.cameo)} (${event.publisher ?? event.report})`);
}

export function Correct({ incident, events, corrections }: IncidentWhole) {
  const [by, setBy] = useState(() => localStorage.getItem(remembered) ?? "");
  const [note, setNote] = useState("");
  const [outcome, setOutcome] = useState<{ text: string; bad: boolean } | null>(null);
  const record = useAnswer<{ read_only: boolean }>("/record");
  const name = useRef<HTMLInputElement>(null);
  if (record.data?.read_only !== false) return null;

  async function make(change: Change, told: string, then?: string) {
    if (!by.trim()) {
      setOutcome({ text: "Say who sets it right.", bad: true });
      name.current?.focus();
      return;
    }
    localStorage.setItem(remembered, by);
    try {
      const body = JSON.stringify({ by: by.trim(), note: note.trim() || null, change });
      await ask("/corrections", { method: "POST", body, headers: { "content-type": "application/json" } });
      setOutcome({ text: told, bad: false });
      setNote("");
      if (then) go(then);
      else refresh();
    } catch (error) {
      setOutcome({ text: (error as Error).message, bad: true });
    }
  }

  return (
    <details class="correct" open={outcome !== null || undefined}>
      <summary>Set something right{corrections.length > 0 && ` (${corrections.length} so far)`}</summary>
      <div class="signed">
        <div><label for="by">Who sets it right</label><input id="by" ref={name} value={by} maxLength={300} autoComplete="name" onInput={(event) => setBy(event.currentTarget.value)} /></div>
        <div><label for="note">Why</label><input id="note" value={note} maxLength={300} onInput={(event) => setNote(event.currentTarget.value)} /></div>
      </div>
      <div role="status" class={outcome?.bad ? "bad" : undefined}>{outcome && <p>{plain(outcome.text)}</p>}</div>
      <Form
        title="It is the same as another incident"
        button="Merge"
        make={(data) => {
          const other = /i[0-9a-f]{16}/.exec(String(data.get("other")))?.[0];
          if (!other) setOutcome({ text: "Give the id of the other incident, or its address.", bad: true });
          else void make({ kind: "merge", incidents: [incident.id, other] }, "Merged.");
        }}
      >
        <label for="other">Id or address of the other</label><input id="other" name="other" placeholder="i0123456789abcdef" required />
      </Form>
      {events.length > 1 && (
        <Form title="Some of it is another happening" button="Split off" make={(data) => void make({ kind: "split", incident: incident.id, events: data.getAll("event").map(String) }, "Split off.")}>
          {events.map((event) => <label class="choice" key={event.id}><input type="checkbox" name="event" value={event.id} /> {short(event)}</label>)}
        </Form>
      )}
      <Form
        title="Somebody else acted, or was acted upon"
        button="Set right"
        make={(data) => {
          const called = String(data.get("name")).trim();
          const country = String(data.get("country")).trim().toUpperCase();
          const sector = String(data.get("sector"));
          const who = called ? { name: called, country: country || null, sectors: sector ? [sector] : [] } : null;
          void make({ kind: "actor", event: String(data.get("event")), role: String(data.get("role")), who }, "Set right.");
        }}
      >
        <Choice events={events} id="whose" />
        <label for="role">Side</label><select id="role" name="role"><option value="source">who acted</option><option value="target">who was acted upon</option></select>
        <label for="who">Name (empty: nobody)</label><input id="who" name="name" maxLength={300} />
        <label for="country">Country</label><input id="country" name="country" placeholder="SRB" pattern="[A-Za-z]{3}" size={5} />
        <label for="sector">Part</label><select id="sector" name="sector"><option value="">none</option>{Object.entries(sectors).slice(0, 12).map(([code, words]) => <option key={code} value={code}>{words}</option>)}</select>
      </Form>
      <Form title="The act is another" button="Set code" make={(data) => void make({ kind: "code", event: String(data.get("event")), cameo: String(data.get("cameo")).trim() }, "Set right.")}>
        <Choice events={events} id="coded" />
        <label for="cameo">CAMEO code, or words to find it by</label><input id="cameo" name="cameo" list="codes" placeholder="190" pattern="[0-9]{2,4}" title="A code of two to four digits" required />
        <datalist id="codes">{actionCodes.map(([code, words]) => <option key={code} value={code}>{code} {words}</option>)}</datalist>
      </Form>
      <Form title="The words tell of no event" button="Not an event" make={(data) => void make({ kind: "not-an-event", event: String(data.get("event")) }, "It counts no longer.", events.length === 1 ? "/incidents" : undefined)}>
        <Choice events={events} id="none" />
      </Form>
      <Form title="The event is right as it is coded" button="Right" make={(data) => void make({ kind: "right", event: String(data.get("event")) }, "It counts from now on.")}>
        <Choice events={events} id="right" />
      </Form>
      {corrections.length > 0 && (
        <ul class="made">
          {corrections.map((one) => (
            <li key={one.id}>{plain(one.told)} <button type="button" onClick={() => void make({ kind: "undo", correction: one.id }, "Undone.")}>Undo</button></li>
          ))}
        </ul>
      )}
    </details>
  );
}

function Choice({ events, id }: { events: Event[]; id: string }) {
  return (
    <>
      <label for={id}>Event</label>
      <select id={id} name="event">{events.map((event) => <option key={event.id} value={event.id}>{short(event)}</option>)}</select>
    </>
  );
}

function Form({ title, button, make, children }: { title: string; button: string; make: (data: FormData) => void; children: ComponentChildren }) {
  const form = useRef<HTMLFormElement>(null);
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        if (form.current) make(new FormData(form.current));
      }}
    >
      <fieldset>
        <legend>{title}</legend>
        {children}
        <button type="submit">{button}</button>
      </fieldset>
    </form>
  );
}
