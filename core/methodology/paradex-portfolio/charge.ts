import type { AccountCharge, BookPosition, Charge, ChargeInput, RiskMatrix } from "../contract.ts";
import { nothingElse } from "../parts/once-per-contracts.ts";
import { equityInUsd, statedInUsd } from "../parts/usd-account.ts";
import { type Line, lines } from "../statement.ts";
import { type AssetContracts, contractsOf } from "./contracts.ts";
import { legColumn, legsOf, nettedLegs, numbersOf } from "./leg.ts";
import { minimumDeltaLine } from "./minimum-delta.ts";
import { providedFor, provisionLines } from "./provisions.ts";
import { type AssetRules, assetRules, type ParadexRules } from "./rules.ts";
import { scanOf } from "./scan.ts";
import { scanSetId } from "./scenarios.ts";
import { section } from "./sections.ts";

export const account = "cross";

interface AssetCharge {
  readonly initial: Line;
  readonly maintenance: Line;
  readonly matrix: RiskMatrix;
}

/** One account in USD; nothing offsets between base assets. */
export function portfolioCharge(input: ChargeInput<ParadexRules>): Charge {
  const { rules } = input;
  const separate = input.book.balances.filter(({ wholeAccount }) => wholeAccount !== true);
  const book = { ...input.book, balances: separate.length > 0 ? separate : input.book.balances };
  if (book.positions.length + book.balances.length + book.components.length === 0) return { accounts: [], remarks: [] };
  const charges = contractsOf(book.positions, nothingElse).assets.flatMap((contracts) => {
    const own = assetRules(rules, contracts.asset);
    return own === undefined ? [] : [assetCharge(contracts, own, input)];
  });
  const { sum: total } = lines("USD");
  const initial = total(`${account}/initial`, "Initial margin", section.account, [
    ...charges.map((charge) => charge.initial),
    ...statedInUsd(book, ["open-orders", "other-initial"], `${account}/initial`, section.orders),
  ]);
  const maintenance = total(`${account}/maintenance`, "Maintenance margin", section.account, [
    ...charges.map((charge) => charge.maintenance),
    ...statedInUsd(book, ["other-maintenance"], `${account}/maintenance`, section.orders),
  ]);
  const charged: AccountCharge = {
    id: account,
    unit: "USD",
    usdPerUnit: 1,
    initial,
    maintenance,
    ...(book.balances.length === 0 ? {} : balanceLines(book, initial, maintenance)),
    matrices: charges.map(({ matrix }) => matrix),
  };
  return { accounts: [charged], remarks: remarksOn(book) };
}

/** netImr = max(SCAN, MinDelta); initial = netImr + provisions, maintenance = factor·netImr + provisions. */
function assetCharge(
  contracts: AssetContracts,
  own: AssetRules,
  { rules, book, cube, detail }: ChargeInput<ParadexRules>,
): AssetCharge {
  const { leaf, max, product, sum: total } = lines("USD");
  const { asset, places } = contracts;
  const legs = legsOf(
    contracts,
    places.map((place) => book.positions[place] as BookPosition),
  );
  const scan = scanOf({ contracts, legs, own, rules, cube: cube(scanSetId(asset)), detail });
  const netted = nettedLegs(contracts, legs);
  const index = legs.entries[0]?.terms.index ?? 0;
  const provided = providedFor(netted, own, rules);
  const net = max(`${asset}/net`, "Net requirement", section.initial, [
    scan.line,
    minimumDeltaLine(asset, numbersOf(netted, legColumn.delta), index, own),
  ]);
  const same = leaf(`${asset}/maintenance/net`, "Net requirement", net.amount, section.maintenance, {
    inputs: [{ label: "opened under", value: `${asset}/net` }],
  });
  const share = product(
    `${asset}/maintenance/share`,
    "Share of the net requirement",
    section.maintenance,
    rules.maintenanceFactor,
    "maintenance factor",
    same,
    { inputs: [{ label: "maintenance factor", value: rules.maintenanceFactor, parameter: "/maintenanceFactor" }] },
  );
  return {
    initial: total(`${asset}/initial`, `Initial margin of ${asset}`, section.initial, [
      net,
      ...provisionLines(asset, provided, own, rules, "initial"),
    ]),
    maintenance: total(`${asset}/maintenance`, `Maintenance margin of ${asset}`, section.maintenance, [
      share,
      ...provisionLines(asset, provided, own, rules, "maintenance"),
    ]),
    matrix: scan.matrix,
  };
}

function balanceLines(
  book: ChargeInput<ParadexRules>["book"],
  initial: Line,
  maintenance: Line,
): Partial<AccountCharge> {
  const { leaf, min, product, sum: total } = lines("USD");
  const value = equityInUsd(book, `${account}/equity`, "Account value", section.account);
  const required = leaf(`${account}/free/initial/amount`, "Initial margin", initial.amount, section.free, {
    inputs: [{ label: "opened under", value: initial.id }],
  });
  const free = total(`${account}/free/after-margin`, "Account value less initial margin", section.free, [
    equityInUsd(book, `${account}/free/value`, "Account value", section.free),
    product(`${account}/free/initial`, "Less initial margin", section.free, -1, "sign", required),
  ]);
  const cash = leaf(
    `${account}/free/cash`,
    "USDC balance",
    book.balances.find(({ currency }) => currency === "USDC")?.balance ?? value.amount,
    section.free,
    { component: "balance" },
  );
  const ratio =
    value.amount > 0
      ? [
          lines("times").leaf(
            `${account}/margin-ratio`,
            "Margin ratio (liquidation above 1)",
            maintenance.amount / value.amount,
            section.ratio,
            {
              component: "balance",
              inputs: [
                { label: "maintenance margin", value: maintenance.amount, unit: "USD" },
                { label: "account value", value: value.amount, unit: "USD" },
              ],
            },
          ),
        ]
      : undefined;
  return {
    equity: value,
    marginBalance: equityInUsd(book, `${account}/margin-balance`, "Account value", section.account),
    withdrawable: min(`${account}/free`, "Free collateral", section.free, [free, cash], { component: "balance" }),
    ...(ratio === undefined ? {} : { ratios: ratio }),
  };
}

/** Positions of other venues are charged as the nearest contract of this one, and the text has not been checked against an answer. */
function remarksOn({ positions }: ChargeInput<ParadexRules>["book"]): Charge["remarks"] {
  const remark = (message: string, rule: string) => ({ accuracy: "approximate" as const, message, rule });
  const { inverse, dated } = contractsOf(positions, nothingElse);
  return [
    ...(positions.length > 0
      ? [remark("follows the venue's text; no answer of the venue was seen", section.account)]
      : []),
    ...(inverse > 0
      ? [remark(`${inverse} coin-margined positions count as linear ones of the same coins`, section.mapped)]
      : []),
    ...(dated > 0 ? [remark(`${dated} dated futures count as perpetuals: the venue lists none`, section.mapped)] : []),
  ];
}
