// Adding reports: a file dropped anywhere on the page, or chosen.
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { ask, refresh, useAnswer, useProgress } from "./api";
import { many, plain } from "./words";

type Added = { added: number; copies: number; versions: number; known: number; events: number; failed: string[] };

function told(name: string, { added, copies, versions, known, events, failed }: Added): string {
  const besides = [
    copies ? many(copies, "copy of another", "copies of others") : "",
    versions ? many(versions, "other version") : "",
    known ? `${known} known already` : "",
    failed.length ? `${failed.length} could not be read: ${failed[0]}` : "",
  ].filter(Boolean);
  return `${name}: ${many(added, "report")} added with ${many(events, "event")}${besides.length ? `; ${besides.join("; ")}` : ""}`;
}

export function DropZone() {
  const [over, setOver] = useState(false);
  const [busy, setBusy] = useState<string | null>(null);
  const [done, setDone] = useState(0);
  const [outcome, setOutcome] = useState<{ text: string; bad: boolean } | null>(null);
  const input = useRef<HTMLInputElement>(null);
  useProgress(useCallback((progress) => setDone(progress.done), []));

  async function add(files: Iterable<File>) {
    for (const file of files) {
      setBusy(file.name);
      setDone(0);
      setOutcome(null);
      try {
        const path = `/reports?name=${encodeURIComponent(file.name)}`;
        const headers = { "content-type": "application/octet-stream" };
        const added = await ask<Added>(path, { method: "POST", body: file, headers });
        setOutcome({ text: told(file.name, added), bad: added.failed.length > 0 });
        refresh();
      } catch (error) {
        setOutcome({ text: `${file.name}: ${(error as Error).message}`, bad: true });
      }
      setBusy(null);
    }
  }

  const record = useAnswer<{ read_only: boolean }>("/record");
  const open = record.data?.read_only === false;
  useEffect(() => {
    if (!open) return;
    const files = (event: DragEvent) => event.dataTransfer?.types.includes("Files");
    const enter = (event: DragEvent) => {
      if (!files(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => event.relatedTarget === null && setOver(false);
    const drop = (event: DragEvent) => {
      if (!files(event)) return;
      event.preventDefault();
      setOver(false);
      void add([...(event.dataTransfer?.files ?? [])]);
    };
    document.addEventListener("dragover", enter);
    document.addEventListener("dragleave", leave);
    document.addEventListener("drop", drop);
    return () => {
      document.removeEventListener("dragover", enter);
      document.removeEventListener("dragleave", leave);
      document.removeEventListener("drop", drop);
    };
  }, [open]);
  if (!open) return null;

  return (
    <footer class="adding">
      <p>
        <button type="button" onClick={() => input.current?.click()} disabled={busy !== null}>Add reports…</button>{" "}
        <span class="hint">or drop a file anywhere: text, JSON Lines, web pages, tables</span>
      </p>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files with reports"
        onChange={(event) => {
          void add([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
      <div role="status" class={outcome?.bad ? "bad" : undefined}>
        {busy !== null && (
          <p>
            <progress aria-label="Reports being read" /> Reading {plain(busy)}
            {done > 0 && `: ${many(done, "report")} so far`}
          </p>
        )}
        {outcome && <p>{plain(outcome.text)}</p>}
      </div>
      {over && <div class="dropping" aria-hidden="true"><p>Drop to add the reports to the record</p></div>}
    </footer>
  );
}
