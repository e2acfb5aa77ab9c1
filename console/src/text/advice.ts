// What a person can do about a code of Twilio's. The codes are those of BulkSms/Twilio/TwilioErrorTable.cs: a test compares them.
const advice: [what: string, codes: number[]][] = [
  ["The number is wrong: ask for another one, and take it out of the list.", [21211, 21214, 21217, 30005, 30014]],
  ["It is no mobile phone: ask for another number.", [21614, 21635, 30006]],
  ["The person does not want texts. They can text START to get them again.", [21610]],
  ["The phone was off or without a network. Send it again later.", [30003, 30008, 30017, 30036]],
  ["The carrier takes it for spam: change the text, leave out short links and capitals, and say who sends it.", [30007, 30039]],
  ["The carrier or the person blocks such texts: reach them in another way.", [30004, 63014, 63033]],
  ["A limit of today is reached. Send it again tomorrow.", [30023, 30027, 30454, 63038]],
];
const other = "Ask the person who runs BulkSms.";
const known = new Map(advice.flatMap(([what, codes]) => codes.map((code): [number, string] => [code, what])));

export const codesWithAdvice: number[] = advice.flatMap(([, codes]) => codes);

export const adviceOn = (code: number): string => known.get(code) ?? other;
