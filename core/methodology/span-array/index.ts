import { failure } from "../../base/index.ts";
import { type Charge, defineMethodology } from "../contract.ts";
import { accountsOf } from "./account-lines.ts";
import { accountKind } from "./account-type.ts";
import { remarksOn } from "./remarks.ts";
import { rules } from "./rules.ts";
import { scenarioSets } from "./scenario-set.ts";

/** Margin by a clearing house's own risk arrays, spreads and credits, read from its parameter file. */
export default defineMethodology({
  id: "span-array",
  title: "SPAN-type margin by parameter file",
  venue: "clearing house",
  accuracy: "exact",
  margins: "listed",
  rules,
  requires: (portfolio, { arrays }) => [
    ...new Set(
      portfolio.flatMap(({ instrument }) => [
        `index:${instrument.settlement}`,
        `index:${instrument.quote}`,
        `${arrays === "file" ? "array" : "scan"}:${instrument.symbol}`,
      ]),
    ),
  ],
  excludes: ({ instrument }) =>
    instrument.listing === undefined
      ? `${instrument.symbol} names no contract of a clearing house: product, type and month are needed`
      : undefined,
  refuses: ({ rules, book }) => {
    const { parameterFile: file } = book;
    if (file === undefined)
      return book.positions.length === 0
        ? undefined
        : failure("missing-data", "this method needs a clearing house's parameter file; the request names none");
    const account = accountKind(rules, file);
    return typeof account === "string" ? failure("invalid-input", account, "/accountType") : undefined;
  },
  scenarios: ({ rules, book }) =>
    book.parameterFile === undefined ? [] : scenarioSets(book, rules, book.parameterFile),
  charge: (input): Charge => {
    const { book, rules } = input;
    const { parameterFile: file } = book;
    const account = file && accountKind(rules, file);
    if (file === undefined || account === undefined || typeof account === "string")
      return { accounts: [], remarks: [] };
    return { accounts: accountsOf(input, file, account), remarks: remarksOn(book, rules, file, account) };
  },
});
