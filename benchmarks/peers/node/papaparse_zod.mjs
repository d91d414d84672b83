// Papaparse for the table and a zod object for each row.
import { z } from "zod";
import { item, known, list, moment, price, rowsOf, rules, run, truth } from "./rules.mjs";

const matching = (column) => z.string().regex(new RegExp(rules.patterns[column], "u"));
const orIssue = (make) => (text, context) => {
  const value = make(text);
  if (value !== null) return value;
  context.addIssue({ code: "custom", message: "unknown" });
  return z.NEVER;
};
const kinds = {};
for (const column of rules.columns) kinds[column] = rules.patterns[column] ? matching(column) : z.string();
kinds.Price = kinds.Price.transform(price);
kinds.Featured = kinds.Featured.transform(truth);
kinds["Published at"] = kinds["Published at"].transform(orIssue(moment));
kinds.Category = kinds.Category.transform(orIssue((text) => known("Category", text)));
kinds.Author = kinds.Author.transform(orIssue((text) => known("Author", text)));
kinds.Tags = kinds.Tags.transform(orIssue(list));
kinds.Hero = kinds.Hero.transform((url) => ({ url }));
for (const column of rules.columns) if (!rules.required.includes(column)) kinds[column] = kinds[column].optional();
const row = z.object(kinds);

await run((content) => {
  const items = [];
  const errors = [];
  const [header, ...rows] = rowsOf(content);
  rows.forEach((cells, index) => {
    const texts = {};
    header.forEach((column, place) => {
      const text = cells[place].trim();
      if (text) texts[column] = text;
    });
    const found = row.safeParse(texts);
    if (found.success) items.push(item(found.data));
    else for (const column of new Set(found.error.issues.map((issue) => issue.path[0]))) errors.push([index + 2, column]);
  });
  return [items, errors];
});
