import { Autocomplete } from "@mantine/core";
import { useEffect, useState } from "react";
import { formatNumber, formatVolatility } from "../../../core/base/format.ts";
import type { MarketInstrument } from "../../client/what-if.ts";
import { useSession } from "../../state/session.ts";
import { searchInstruments, whatIfStore } from "../../state/what-if.ts";

/** Contracts of the market by parts of their name; the chosen one becomes a leg. */
export function ContractSearch() {
  const [words, setWords] = useState("");
  const [found, setFound] = useState<readonly MarketInstrument[]>([]);
  const market = useSession((s) => s.market);
  useEffect(() => {
    let current = market !== undefined;
    const timer = setTimeout(async () => {
      const contracts = await searchInstruments(words);
      if (current) setFound(contracts);
    }, 80);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [words, market]);
  const byName = new Map(found.map((one) => [one.symbol, one]));
  const choose = (symbol: string): void => {
    const contract = byName.get(symbol);
    if (contract === undefined) return;
    whatIfStore.getState().add(contract, firstQuantity(contract));
    setTimeout(() => setWords(""));
  };
  return (
    <Autocomplete
      size="xs"
      w={240}
      aria-label="Add a contract"
      placeholder="Add a contract…"
      data={[...byName.keys()]}
      filter={({ options }) => options}
      limit={40}
      maxDropdownHeight={320}
      value={words}
      onChange={setWords}
      onOptionSubmit={choose}
      renderOption={({ option }) => {
        const { mark, volatility } = byName.get(option.value) ?? {};
        return (
          <span>
            {option.value}{" "}
            <span className="muted">
              {mark === undefined ? "" : formatNumber(mark, { decimals: mark < 10 ? 4 : 2 })}
              {volatility === undefined ? "" : ` · ${formatVolatility(volatility, { unit: "%" })}`}
            </span>
          </span>
        );
      }}
    />
  );
}

/** One unit, or a round amount of money where the contract counts money. */
function firstQuantity({ quantityUnit, underlying }: MarketInstrument): number {
  return quantityUnit === underlying ? 1 : 10_000;
}
