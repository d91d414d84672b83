// The validation step of react-spreadsheet-import without its screens: its own function over rows that papaparse read.
import { createRequire } from "node:module";
import { item, known, list, moment, price, rowsOf, rules, run, truth } from "./rules.mjs";

const step = "react-spreadsheet-import/dist-commonjs/steps/ValidationStep/utils/dataMutations.js";
const { addErrorsAndRunHooks } = createRequire(import.meta.url)(`./node_modules/${step}`);
const makes = {
  Price: price,
  Featured: truth,
  "Published at": moment,
  Category: (text) => known("Category", text),
  Author: (text) => known("Author", text),
  Tags: list,
  Hero: (url) => ({ url }),
};
const fields = rules.columns.map((column) => {
  const validations = [];
  if (rules.required.includes(column)) validations.push({ rule: "required" });
  if (rules.patterns[column]) validations.push({ rule: "regex", value: `^$|${rules.patterns[column]}`, flags: "u" });
  return { key: column, label: column, validations };
});
const looked = ["Published at", "Category", "Author", "Tags"];
const rowHook = (row, addError) => {
  for (const column of looked) if (row[column] && makes[column](row[column]) === null) addError(column, { message: "unknown", level: "error" });
  return row;
};

await run(async (content) => {
  const [header, ...rows] = rowsOf(content);
  const data = rows.map((cells) => Object.fromEntries(header.map((column, place) => [column, cells[place].trim()])));
  const checked = await addErrorsAndRunHooks(data, fields, rowHook);
  const items = [];
  const errors = [];
  checked.forEach((row, index) => {
    if (row.__errors) return errors.push(...Object.keys(row.__errors).map((column) => [index + 2, column]));
    const values = {};
    for (const column of rules.columns) if (row[column]) values[column] = makes[column] ? makes[column](row[column]) : row[column];
    items.push(item(values));
  });
  return [items, errors];
});
