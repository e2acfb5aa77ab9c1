import { change } from "../draft/draft";
import { countryName } from "./Countries";

/** What an error proposes, as buttons that do it: the check is made again. */
export function Proposals({ errors }: { errors: string[] }) {
  const regions = [...new Set(errors.flatMap((error) => [.../defaultRegion ([A-Z]{2})(?: or ([A-Z]{2}))?/.exec(error)?.slice(1) ?? []]).filter(Boolean))];
  const isHidden = errors.some((error) => error.includes("hiddenRows"));
  return regions.length === 0 && !isHidden ? null : (
    <div class="actions">
      {regions.map((region) => <button type="button" key={region} class="main" onClick={() => change({ region: region! })}>Read them as numbers of {countryName(region!)}</button>)}
      {isHidden && <button type="button" onClick={() => change({ hiddenRows: "skip" })}>Leave hidden rows out</button>}
      {isHidden && <button type="button" onClick={() => change({ hiddenRows: "include" })}>Text hidden rows too</button>}
    </div>
  );
}
