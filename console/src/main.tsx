import { render } from "preact";
import { App } from "./app";
import { finishSignIn } from "./oidc";
import { takeKeyFromAddress } from "./session";

takeKeyFromAddress();
addEventListener("hashchange", takeKeyFromAddress);
const place = document.getElementById("app")!;
await finishSignIn();
place.textContent = "";
render(<App />, place);
