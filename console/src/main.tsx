import { render } from "preact";
import { App } from "./app";
import { takeKeyFromAddress } from "./session";

takeKeyFromAddress();
addEventListener("hashchange", takeKeyFromAddress);
const place = document.getElementById("app")!;
place.textContent = "";
render(<App />, place);
