import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";
import type { Repository } from "../../../core/api/ports.ts";
import { instrumentId } from "../../../core/instrument/index.ts";
import type { Portfolio, Position, PositionId } from "../../../core/portfolio/index.ts";

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A path for a library in a new folder that goes away after the test. */
export function freshPath(): string {
  const folder = mkdtempSync(join(tmpdir(), "marginscope-test-"));
  folders.push(folder);
  return join(folder, "library.db");
}

/** A portfolio of `count` positions whose content depends on `seed`. */
export function portfolio(seed: number, count = 3): Portfolio {
  const positions = Array.from({ length: count }, (_, index): Position => {
    const symbol = `BTC-27NOV26-${80_000 + 1_000 * index}-C`;
    return {
      id: `${seed}-${index}` as PositionId,
      instrument: {
        id: instrumentId("deribit", symbol),
        venue: "deribit",
        symbol,
        underlying: "BTC",
        quote: "USD",
        payoff: "inverse",
        settlement: "BTC",
        kind: "option",
        expiryMs: Date.UTC(2026, 10, 27, 8),
        strike: 80_000 + 1_000 * index,
        optionType: "call",
      },
      quantity: seed + index / 3,
    };
  });
  return { name: `Book ${seed}`, venue: "deribit", positions, balances: [], components: [], sources: [] };
}

export function entry(id: string, content: Portfolio, savedAtMs = 1_000): Parameters<Repository<Portfolio>["save"]>[0] {
  return { id, name: content.name, note: `${content.positions.length} positions`, savedAtMs, content };
}
