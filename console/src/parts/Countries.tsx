// The countries that numbers can be of, by their names in the browser's language.
const names = new Intl.DisplayNames(undefined, { type: "region", fallback: "none" });
const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const notCountries = new Set(["EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "UK", "AN", "AQ", "BU", "CS", "CP", "DD", "DG", "DY", "EA", "FX", "HV", "IC", "NH", "NT", "RH", "SU", "TP", "VD", "YD", "YU", "ZR", "CQ", "BV", "GS", "HM", "PN", "TF", "UM"]);

export const countryName = (code: string): string => (/^[A-Z]{2}$/.test(code) ? names.of(code) ?? code : code);

const countries = letters.flatMap((a) => letters.map((b) => a + b))
  .filter((code) => !notCountries.has(code) && names.of(code) !== undefined)
  .map((code): [string, string] => [code, names.of(code)!])
  .sort(([, a], [, b]) => a.localeCompare(b));

export function CountryOptions({ none }: { none: string }) {
  return <><option value="">{none}</option>{countries.map(([code, name]) => <option key={code} value={code}>{name}</option>)}</>;
}
