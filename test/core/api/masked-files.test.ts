import { strFromU8, unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import type { Portfolio, PositionId } from "../../../core/portfolio/index.ts";
import { memoryCore } from "./memory-core.ts";

const account = "U1234542";
const formats = ["csv", "json", "html", "xlsx"] as const;

/** A stored run of the sample, its positions in an account of the user's; one that no market prices. */
async function storedRun() {
  const core = memoryCore();
  const { portfolio } = (
    await core
      .call("run.save", {
        name: "sample",
        request: { portfolio: { sample: true }, market: { sample: true }, methodology: "deribit-portfolio" },
      })
      .then(({ id }) => core.call("run.get", { id }))
  ).content;
  const named: Portfolio = {
    ...portfolio,
    name: "named",
    positions: portfolio.positions.slice(0, 6).map((position) => ({
      ...position,
      ...{ id: `${account}/${position.instrument.symbol}` as PositionId, account },
    })),
  };
  core.ports.store.portfolios.save({ id: "named", name: "named", note: "", savedAtMs: 0, content: named });
  const { id } = await core.call("run.save", {
    name: "named",
    request: { portfolio: { id: "named" }, market: { sample: true }, methodology: "deribit-portfolio" },
  });
  return { core, id };
}

function textOf(file: { readonly text: string } | { readonly bytes: Uint8Array }): string {
  if ("text" in file) return file.text;
  return Object.values(unzipSync(new Uint8Array(file.bytes)))
    .map((part) => strFromU8(part))
    .join("\n");
}

describe("a stored run as a file", () => {
  it("names accounts as they are unless they are masked", async () => {
    const { core, id } = await storedRun();
    expect(textOf(await core.call("run.export", { id, format: "json" }))).toContain(account);
    expect(textOf(await core.call("run.export", { id, format: "csv" }))).toContain(`${account}/`);
  });

  it.each(formats)("has no account's name anywhere once they are masked: %s", async (format) => {
    const { core, id } = await storedRun();
    const text = textOf(await core.call("run.export", { id, format, maskAccounts: true }));
    expect(text).not.toContain(account);
    expect(text.length).toBeGreaterThan(1_000);
    if (format === "json" || format === "csv") expect(text).toContain("••••42/");
  });

  it("changes no number, and the run in the library keeps the names it replays with", async () => {
    const { core, id } = await storedRun();
    const [named, masked] = await Promise.all(
      [false, true].map(async (maskAccounts) =>
        textOf(await core.call("run.export", { id, format: "json", maskAccounts })),
      ),
    );
    expect(masked).toBe(named?.replaceAll(`${account}/`, "••••42/"));
    expect(await core.call("run.replay", { id })).toMatchObject({ equal: true });
  });
});
