// What stands above every view: the name, the ways to the views, the search.
import { useEffect, useRef, useState } from "preact/hooks";
import { go, to, type Address } from "./address";

const views = [
  ["", "Overview"],
  ["incidents", "Incidents"],
  ["dyads", "Dyads"],
  ["actors", "Actors"],
  ["claims", "Claims"],
  ["dates", "Dates"],
] as const;

export function Masthead({ address }: { address: Address }) {
  const [current = ""] = address.path;
  const asked = current === "search" ? (address.query.get("words") ?? "") : "";
  const [words, setWords] = useState(asked);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => setWords(asked), [asked]);
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      const typing = (event.target as Element).closest("input, select, textarea, [contenteditable]");
      if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        input.current?.focus();
      }
    };
    document.addEventListener("keydown", key);
    return () => document.removeEventListener("keydown", key);
  }, []);
  return (
    <header class="masthead">
      <a class="name" href="/">Tidings</a>
      <nav aria-label="Views">
        <ul>
          {views.map(([path, label]) => (
            <li key={path}>
              <a href={`/${path}`} aria-current={current === path ? "page" : undefined}>{label}</a>
            </li>
          ))}
        </ul>
      </nav>
      <form
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          if (words.trim()) go(to(["search"], { words }));
        }}
      >
        <label class="unseen" for="search">Search reports, incidents, claims and actors</label>
        <input
          id="search"
          ref={input}
          type="search"
          maxLength={300}
          placeholder="Search"
          value={words}
          onInput={(event) => setWords(event.currentTarget.value)}
        />
        <kbd aria-hidden="true" title="Press / to search">/</kbd>
      </form>
    </header>
  );
}
