import { Page } from "../parts/Page";

export function NotFound() {
  return <Page title="There is no such page"><p><a href="#/broadcasts">Go to the broadcasts</a></p></Page>;
}
