import { connectionLost } from "./api";
import { Notice } from "./parts/Notice";
import { useRoute } from "./route";
import { Broadcast } from "./screens/Broadcast";
import { Broadcasts } from "./screens/Broadcasts";
import { Check } from "./screens/Check";
import { New } from "./screens/New";
import { NotFound } from "./screens/NotFound";
import { OptOuts } from "./screens/OptOuts";
import { Problems } from "./screens/Problems";
import { Sending } from "./screens/Sending";
import { SignIn } from "./screens/SignIn";
import { leave } from "./oidc";
import { key, signOut, token } from "./session";
import { useStore } from "./store";

const places: [path: string, name: string][] = [["broadcasts", "Broadcasts"], ["problems", "Problems"], ["optouts", "Opt-outs"], ["sending", "Sending"]];

export function App() {
  const { path } = useRoute();
  const isLost = useStore(connectionLost);
  const person = useStore(token);
  if (useStore(key) === null && person === null) {
    return <main><SignIn /></main>;
  }

  const here = path[0] ?? "broadcasts";
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => { event.preventDefault(); document.querySelector<HTMLElement>("h1")?.focus(); }}>Skip to the content</a>
      <header>
        <a class="brand" href="#/broadcasts">BulkSms</a>
        <nav aria-label="Main">
          {places.map(([to, name]) => <a key={to} href={`#/${to}`} aria-current={here === to || (to === "broadcasts" && (here === "new" || here === "check")) ? "page" : undefined}>{name}</a>)}
        </nav>
        {person?.name && <span class="hint">{person.name}</span>}
        <button type="button" class="quiet" onClick={() => (person === null ? signOut() : void leave())}>Sign out</button>
      </header>
      <main id="main">
        {isLost && <Notice kind="warn">The connection is lost. What you see may be old; the console tries again by itself.</Notice>}
        <Screen path={path} />
      </main>
    </>
  );
}

function Screen({ path }: { path: string[] }) {
  const [name = "broadcasts", id] = path;
  switch (name) {
    case "broadcasts": return id ? <Broadcast key={id} id={id} /> : <Broadcasts />;
    case "new": return <New />;
    case "check": return <Check />;
    case "problems": return <Problems />;
    case "optouts": return <OptOuts />;
    case "sending": return <Sending />;
    default: return <NotFound />;
  }
}
