import { away, cost, count, counted } from "../format";
import type { PreviewView } from "../types";
import { countryName } from "./Countries";
import { Table } from "./Table";

type Country = PreviewView["countries"][number];

export function Costs({ preview }: { preview: PreviewView }) {
  const { cost: sum, segments, countries, limits } = preview;
  const money = (total: number): string => cost({ currency: sum.currency, total, known: total, unknownCountries: [] });
  const price = (value: number | null): string => (value === null ? sum.unknownBecause ? "not known" : "no price is set" : money(value));
  return (
    <section aria-label="Cost">
      <h2>What it costs</h2>
      <p>
        <strong>{cost(sum)}</strong>{segments.total !== null && <>, {counted(segments.total, "segment")} ({segments.encoding}, {segments.perMessage === 1 ? "one a text" : `up to ${count(segments.perMessage ?? 0)} a text`})</>}.
      </p>
      {sum.pricesAsOf && <p>The prices were imported from Twilio {away(sum.pricesAsOf)}.</p>}
      {sum.withinMaxCost === false && <p class="error">That is more than it may cost, or is not known.</p>}
      {limits.filter(({ kind, fits }) => kind === "monthlyBudget" || !fits).map(({ kind, setting, fits, left, most, renewsAt }) => (
        <p key={setting} class={fits ? undefined : "error"}>
          {kind === "monthlyBudget" ? `${setting.startsWith("Profiles:") ? "The profile's" : "Your"} budget for this month is ${money(most)}; ${money(left)} is left.` : `You may text ${counted(most, "person", "people")} a day; ${count(left)} of it ${left === 1 ? "is" : "are"} left.`}
          {!fits && ` This is more, or its cost is not known. You can send more ${away(renewsAt)}.`}
        </p>
      ))}
      <details>
        <summary>By country</summary>
        <Table
          caption="Cost by country"
          rows={countries}
          keyOf={(row) => row.country}
          columns={[
            { name: "Country", of: (row: Country) => countryName(row.country) },
            { name: "Recipients", isNumber: true, of: (row: Country) => count(row.recipients) },
            { name: "Segments", isNumber: true, of: (row: Country) => (row.segments === null ? "not known" : count(row.segments)) },
            { name: "Cost", isNumber: true, of: (row: Country) => price(row.cost) },
          ]}
        />
      </details>
    </section>
  );
}
