import type { ParameterFile } from "../../parameter-file/index.ts";
import type { Book, Charge } from "../contract.ts";
import type { AccountKind } from "./account-type.ts";
import { unformedSpreads } from "./added-arrays.ts";
import { heldCommodities } from "./holding.ts";
import { type ArrayRules, ownEntry } from "./rules.ts";

/** What a reader must know of this run: choices that were made, tables that are not applied. */
export function remarksOn(book: Book, rules: ArrayRules, file: ParameterFile, account: AccountKind): Charge["remarks"] {
  const held = heldCommodities(book, file, rules);
  const skipped = unformedSpreads(file, new Map(held.map(({ commodity }) => [commodity.code, commodity.currency])));
  const withoutDelta = held.flatMap(({ holdings }) =>
    holdings.filter(
      ({ instrument, found }) =>
        rules.arrays === "file" && instrument.kind === "option" && found.contract.delta === undefined,
    ),
  );
  const approximate = "approximate" as const;
  const exact = "exact" as const;
  const remarks: (Charge["remarks"][number] | false)[] = [
    {
      accuracy: exact,
      message: `${file.name}: account type ${account.code} (${account.name}), ${account.net ? "net" : "gross"}; arrays ${rules.arrays === "file" ? "of the file" : "made here"}`,
      rule: "8.3",
    },
    !account.stated && {
      accuracy: approximate,
      message: `the file defines no rates for account type ${account.code}; those of ${file.rateDefinitions[0]?.accountType ?? "another"} are used`,
      rule: "8.3",
    },
    ownEntry(rules, file) === undefined && {
      accuracy: approximate,
      message: `the rules have no entry for ${file.clearingHouse}: rounding and conventions are those of \`default\``,
      rule: "8.4",
    },
    skipped > 0 && {
      accuracy: approximate,
      message: `${skipped === 1 ? "a spread of the file adds" : `${skipped} spreads of the file add`} arrays of commodities into one that it does not define, or of another currency; not applied, so the requirement may be too high`,
      rule: "7.3",
    },
    withoutDelta.length > 0 && {
      accuracy: approximate,
      message: `the file states no delta of ${withoutDelta.map(({ instrument }) => instrument.symbol).join(", ")}: spreads and credits do not see it`,
      rule: "4.1",
    },
    rules.arrays === "generated" && {
      accuracy: approximate,
      message: "arrays are made from the file's prices, volatilities and ranges; the clearing house's own are not used",
      rule: "2",
    },
  ];
  return remarks.filter((remark) => remark !== false);
}
