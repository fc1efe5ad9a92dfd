// The address is the state: which view, and under which conditions. A view can be shared as a link.
import { useEffect, useState } from "preact/hooks";

export type Address = { path: string[]; query: URLSearchParams; hash: string };

function read(): Address {
  const { pathname, search, hash } = window.location;
  const path = pathname.split("/").filter(Boolean).map(decoded);
  return { path, query: new URLSearchParams(search), hash: decoded(hash.slice(1)) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const listeners = new Set<() => void>();

/** Goes to another view; `replace` where going back should skip this one. */
export function go(to: string, { replace = false } = {}): void {
  if (replace) window.history.replaceState(null, "", to);
  else window.history.pushState(null, "", to);
  listeners.forEach((listener) => listener());
}

/** The address, followed wherever it goes. */
export function useAddress(): Address {
  const [address, set] = useState(read);
  useEffect(() => {
    const follow = () => set(read());
    listeners.add(follow);
    window.addEventListener("popstate", follow);
    return () => {
      listeners.delete(follow);
      window.removeEventListener("popstate", follow);
    };
  }, []);
  return address;
}

/** Links within the page change the view without loading it anew. */
export function followLinks(): void {
  document.addEventListener("click", (click) => {
    if (click.defaultPrevented || click.button !== 0) return;
    if (click.metaKey || click.ctrlKey || click.shiftKey || click.altKey) return;
    const link = (click.target as Element | null)?.closest("a");
    const href = link?.getAttribute("href");
    if (!link || !href?.startsWith("/") || href.startsWith("//") || link.hasAttribute("download")) return;
    click.preventDefault();
    go(href);
  });
}

export type Conditions = Record<string, string | number | undefined | null>;

/** An address with conditions; those that are empty are left out. */
export function to(path: string[], conditions: Conditions = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(conditions)) {
    if (value !== undefined && value !== null && value !== "") query.append(name, String(value));
  }
  const tail = query.size ? `?${query}` : "";
  // A colon means nothing in a path, and is what dyads are written with.
  const parts = path.map((part) => encodeURIComponent(part).replaceAll("%3A", ":"));
  return `/${parts.join("/")}${tail}`;
}

export const links = {
  incident: (id: string) => to(["incidents", id]),
  incidents: (conditions: Conditions) => to(["incidents"], conditions),
  actor: (name: string) => to(["actors", name]),
  dyad: (a: string, b: string, conditions: Conditions = {}) => to(["dyads", `${a}:${b}`], conditions),
  /** A report, at the place of one of its codings. */
  report: (id: string, at?: string) => to(["reports", id], { at }),
};
