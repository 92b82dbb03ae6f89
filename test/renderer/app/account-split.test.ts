import { describe, expect, it } from "vitest";
import { accountName, accountsOf, withoutAccountIds } from "../../../core/base/format.ts";
import { withoutAccountNames } from "../../../renderer/app/account-split.ts";
import { validPreferences } from "../../../renderer/app/theme/apply.ts";
import type { AttributionRun } from "../../../renderer/client/attribution.ts";
import { defaultPreferences } from "../../../renderer/state/preferences.ts";

describe("names of accounts", () => {
  it("stay as they are while they are not masked", () =>
    expect(accountName("U1234542", { masked: false })).toBe("U1234542"));

  it.each([
    ["U1234542", "••••42"],
    ["hedge-Ω", "••••-Ω"],
    ["main", "••••"],
    ["7", "••••"],
  ])("%s is %s while masked", (name, shown) => expect(accountName(name, { masked: true })).toBe(shown));

  it.each(["cross", "BTC", "USDC"])("%s is no id of an account", (name) =>
    expect(accountName(name, { masked: true })).toBe(name),
  );

  it("leave a margin account of the result, such as a settlement currency", () => {
    const margined = new Set(["PAXG"]);
    expect(accountName("PAXG", { masked: true, margined })).toBe("PAXG");
    expect(accountName("PAXG-desk", { masked: true, margined })).toBe("••••sk");
  });

  it("are masked only when the user asks for it", () => {
    expect(defaultPreferences.maskAccounts).toBe(false);
    expect(validPreferences({ maskAccounts: true })).toEqual({ maskAccounts: true });
    expect(validPreferences({ maskAccounts: "yes" })).toEqual({});
  });
});

describe("a split by account", () => {
  const group = (id: string, label: string) => ({ id, label, positions: ["p1"] });
  const run = {
    grouping: "account",
    groups: [group("is 700042", "700042"), group("is 800042", "800042"), group("none", "no account")],
    splits: [],
  } as unknown as AttributionRun;

  it("has no account's name anywhere, and tells equal ends apart", () => {
    const masked = withoutAccountNames(run);
    expect(masked.groups.map(({ label }) => label)).toEqual(["••••42", "••••42 (2)", "no account"]);
    expect(new Set(masked.groups.map(({ id }) => id)).size).toBe(3);
    expect(JSON.stringify(masked)).not.toMatch(/00042/);
    expect(masked.groups.map(({ positions }) => positions)).toEqual(run.groups.map(({ positions }) => positions));
  });

  it("leaves every other grouping alone", () => {
    const byTag: AttributionRun = { ...run, grouping: "tag" };
    expect(withoutAccountNames(byTag)).toBe(byTag);
  });
});

describe("ids of positions in files", () => {
  const positions = [
    { id: "U1234542/BTC-PERPETUAL", symbol: "BTC-PERPETUAL" },
    { id: "U1234542/BTC/USD#2", symbol: "BTC/USD" },
    { id: "ETH/USD", symbol: "ETH/USD" },
  ];

  it("tell which accounts there are", () => expect([...accountsOf(positions)]).toEqual(["U1234542"]));

  it("lose the account wherever they stand, and nothing else changes", () => {
    const table = {
      header: ["position", "amount"],
      rows: [
        ["U1234542/BTC-PERPETUAL", 1.5],
        ["ETH/USD", undefined],
        ["U1234542/BTC/USD#2", null],
      ],
    };
    expect(withoutAccountIds(table, accountsOf(positions))).toEqual({
      header: ["position", "amount"],
      rows: [
        ["••••42/BTC-PERPETUAL", 1.5],
        ["ETH/USD", undefined],
        ["••••42/BTC/USD#2", null],
      ],
    });
  });

  it("lose the account inside lines and sentences, a name that ends like it stays", () => {
    const accounts = new Set(["U1234542", "hedge"]);
    expect(withoutAccountIds("USD/initial/U1234542/BTC-PERPETUAL: no mark", accounts)).toBe(
      "USD/initial/••••42/BTC-PERPETUAL: no mark",
    );
    expect(withoutAccountIds({ account: "U1234542" }, accounts)).toEqual({ account: "••••42" });
    expect(withoutAccountIds("the hedge of U1234542", accounts)).toBe("the hedge of U1234542");
    expect(withoutAccountIds("new-hedge/1, hedge/1", accounts)).toBe("new-hedge/1, ••••ge/1");
    const bytes = new Uint8Array([1, 2]);
    expect(withoutAccountIds({ bytes }, accounts).bytes).toBe(bytes);
  });
});
