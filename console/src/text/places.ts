// Where in a request something is, as the page calls it.
const fieldNames: Record<string, string> = {
  message: "The text", contentSid: "The content SID", contentVariables: "The variables", mediaUrls: "The pictures or files", profile: "The profile", recipients: "The list", sendAt: "Send at", priority: "Send it before others", sendOver: "Spread over", canary: "Try it first on", expiresAt: "Send nothing after", quietHours: "The quiet hours", defaultRegion: "The country", maxCost: "Most it may cost",
  numberColumn: "The column of the numbers", sheet: "The sheet", hiddenRows: "Hidden rows",
};

// A variable and a line of the pictures stand in their field.
const fieldOf = (place: string): string => place.replace("$.", "").replace(/^(mediaUrls)\[\d+\]$/, "$1").replace(/^(contentVariables)\..*$/, "$1");

export const isField = (place: string): boolean => fieldOf(place) in fieldNames;

/** What the page calls a place of the request; a line of the list is itself. */
export function nameOf(place: string): string {
  const variable = /^(?:\$\.)?contentVariables\.(.*)$/.exec(place)?.[1];
  const line = /^(?:\$\.)?mediaUrls\[(\d+)\]$/.exec(place)?.[1];
  return variable !== undefined ? `Variable ${variable}` : (fieldNames[fieldOf(place)] ?? place) + (line !== undefined ? `, line ${Number(line) + 1}` : "");
}
