// What both peers under node share: the rules as Python wrote them down, and the way a run is timed and told.
import { readFileSync } from "node:fs";
import Papa from "papaparse";

const [, , file, rulesFile, tells] = process.argv;
export const rules = JSON.parse(readFileSync(rulesFile, "utf8"));
for (const column in rules.lookups) rules.lookups[column] = new Map(Object.entries(rules.lookups[column]));

export function moment(text) {
  const bare = text.replace(/Z$/, "").replace(" ", "T");
  const full = bare.length === 10 ? `${bare}T00:00:00` : bare.length === 16 ? `${bare}:00` : bare;
  const at = Date.parse(`${full}Z`);
  if (Number.isNaN(at)) return null;
  const iso = new Date(at).toISOString();
  return iso.slice(0, 10) === bare.slice(0, 10) ? iso : null; // 30 February is no 2 March
}

export const price = (text) => Number(text.replaceAll(",", ""));
export const truth = (text) => /^(yes|true|1)$/i.test(text);
export const known = (column, text) => rules.lookups[column].get(text) ?? null;
export function list(text) {
  const ids = text.split("; ").map((part) => known("Tags", part));
  return ids.includes(null) ? null : ids;
}

export const rowsOf = (content) => Papa.parse(content, { skipEmptyLines: true }).data;

export function item(values) {
  const fieldData = {};
  for (const column of rules.columns) {
    if (column !== "Item ID" && values[column] !== undefined) fieldData[rules.slugs[column]] = values[column];
  }
  return { id: values["Item ID"], fieldData, isDraft: false };
}

// The second run counts, when the code is warm.
export async function run(read) {
  const content = readFileSync(file, "utf8");
  if (tells) return process.stdout.write(JSON.stringify(await read(content)));
  await read(content);
  const cpu = process.cpuUsage();
  const began = performance.now();
  await read(content);
  const wall = performance.now() - began;
  const used = process.cpuUsage(cpu);
  console.log(wall / 1e3, (used.user + used.system) / 1e6);
}
