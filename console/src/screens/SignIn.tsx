import { useEffect, useState } from "preact/hooks";
import { beginSignIn, loadSettings, settings, type SignInSettings } from "../oidc";
import { Field } from "../parts/Field";
import { Notice } from "../parts/Notice";
import { Page } from "../parts/Page";
import { signedOutBecause, signIn } from "../session";
import { useStore } from "../store";

export function SignIn() {
  const because = useStore(signedOutBecause);
  const known = useStore(settings);
  useEffect(() => {
    if (known === undefined) {
      void loadSettings();
    }
  }, [known]);
  return (
    <Page title="Sign in to BulkSms">
      {because && <Notice kind="warn">{because}</Notice>}
      {known === undefined ? <p role="status">Loading…</p> : known === null ? <WithKey /> : <AtIssuer known={known} />}
    </Page>
  );
}

function AtIssuer({ known }: { known: SignInSettings }) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");

  async function go(): Promise<void> {
    setBusy(true);
    setProblem(await beginSignIn(known));
    setBusy(false);
  }

  return (
    <>
      {problem !== "" && <Notice kind="bad">{problem}</Notice>}
      <p>You sign in with the account of your organization, at {new URL(known.authority).host}.</p>
      <button type="button" class="main" disabled={isBusy} onClick={() => void go()}>Sign in</button>
    </>
  );
}

function WithKey() {
  const [value, setValue] = useState("");
  const [problem, setProblem] = useState<string | null>(null);

  function submit(event: Event): void {
    event.preventDefault();
    const given = value.trim();
    if (given === "") {
      setProblem("Enter the function key.");
    } else if (/[^\x21-\x7e]/.test(given)) {
      setProblem("A key has letters, digits and signs, and no blanks: copy it again.");
    } else {
      signIn(given); // the first call that does not accept it signs out again
    }
  }

  return (
    <form onSubmit={submit} class="narrow">
      <Field id="key" label="Function key" hint="You get it from the person who runs BulkSms. It is kept in this tab until you close it." errors={problem === null ? [] : [problem]}>
        {(control) => <input {...control} type="password" autocomplete="off" spellcheck={false} value={value} onInput={(event) => setValue(event.currentTarget.value)} />}
      </Field>
      <button class="main">Sign in</button>
    </form>
  );
}
