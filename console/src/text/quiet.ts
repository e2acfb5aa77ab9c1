import type { QuietHours } from "../types";

/** Quiet hours as a person reads them. */
export const quietText = (quiet: QuietHours): string =>
  `${quiet.from} to ${quiet.to}, by the recipient's clock${quiet.timeZone ? ` (${quiet.timeZone} where it is not known)` : ""}`;
