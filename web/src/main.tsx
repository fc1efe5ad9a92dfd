// The page: which view is shown, and what stands around every view.
import { render } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { followLinks, useAddress, type Address } from "./address";
import { listen } from "./api";
import { Masthead } from "./masthead";
import { DropZone } from "./drop";
import { ActorsView, ActorView } from "./views/actors";
import { ClaimsView } from "./views/claims";
import { DatesView } from "./views/dates";
import { DyadsView, DyadView } from "./views/dyads";
import { IncidentView } from "./views/incident";
import { IncidentsView } from "./views/incidents";
import { Overview } from "./views/overview";
import { ReportView } from "./views/report";
import { SearchView } from "./views/search";
import "./style/page.css";

function View({ address }: { address: Address }) {
  const [view, id] = address.path;
  const { query } = address;
  switch (view) {
    case undefined:
      return <Overview query={query} />;
    case "incidents":
      return id ? <IncidentView id={id} /> : <IncidentsView query={query} />;
    case "actors":
      return id ? <ActorView name={id} query={query} /> : <ActorsView query={query} />;
    case "dyads":
      return id ? <DyadView pair={id} query={query} /> : <DyadsView query={query} />;
    case "dates":
      return <DatesView query={query} />;
    case "claims":
      return <ClaimsView query={query} />;
    case "reports":
      return <ReportView id={id ?? ""} at={query.get("at")} />;
    case "search":
      return <SearchView query={query} />;
    default:
      return <h1>There is no such view</h1>;
  }
}

function Page() {
  const address = useAddress();
  const main = useRef<HTMLElement>(null);
  const view = address.path.join("/");
  const first = useRef(true);
  useEffect(() => {
    // A new view begins at its top, for eyes and for screen readers.
    if (!first.current && !address.query.has("at")) {
      window.scrollTo(0, 0);
      main.current?.focus({ preventScroll: true });
    }
    first.current = false;
  }, [view]);
  return (
    <>
      <a class="skip" href="#main">Skip to the content</a>
      <Masthead address={address} />
      <main id="main" tabIndex={-1} ref={main}>
        <View key={view} address={address} />
      </main>
      <DropZone />
    </>
  );
}

followLinks();
listen();
const page = document.getElementById("page");
if (page) {
  page.replaceChildren();
  render(<Page />, page);
}
