import { Button } from "@mantine/core";
import { session } from "../../state/session.ts";
import styles from "./import-wizard.module.css";
import type { AnyOutcome } from "./start-import.ts";

interface SavedBlockProps {
  readonly outcome: AnyOutcome;
  readonly onDone: () => void;
}

/** What was saved under which name, and the button that uses it. */
export function SavedBlock({ outcome, onDone }: SavedBlockProps) {
  const { portfolio, market, panel, history, parameterFile, alreadyHere } = outcome;
  const saved = [
    ["Portfolio", portfolio],
    ["Market", market],
    ["Panel", panel],
    ["History", history],
    ["Parameter file", parameterFile],
  ] as const;
  const held = saved.flatMap(([word, entry]) => (entry ? [{ word, entry }] : []));
  if (held.length === 0)
    return <p role="alert">No file held positions or market data that could be kept, so nothing was saved.</p>;
  const use = (): void => {
    const now = session.getState();
    if (portfolio || market) {
      now.choose({
        portfolio: portfolio ? { id: portfolio.id, name: portfolio.name } : now.portfolio,
        market: market ? { id: market.id, name: market.name } : now.market,
      });
    } else if (history) now.chooseHistory({ id: history.id, name: history.name });
    else if (parameterFile) {
      // The sample's prices say nothing of a clearing house's contracts.
      const ofSample = now.market !== undefined && "sample" in now.market;
      now.chooseParameterFile({ id: parameterFile.id, name: parameterFile.name });
      if (ofSample) now.chooseMarket(undefined);
    }
    onDone();
  };
  const what =
    portfolio && market
      ? "portfolio and market"
      : portfolio
        ? "portfolio"
        : market
          ? "market"
          : history
            ? "history"
            : parameterFile && "parameter file";
  return (
    <div className={styles.saved}>
      <span style={{ flex: 1 }}>
        {held.map(({ word, entry }) => (
          <span key={word}>
            {word} <strong>{entry.name}</strong>: {entry.note}.{" "}
          </span>
        ))}
        {alreadyHere && "The library had the same file already; nothing was saved twice."}
      </span>
      {what && (
        <Button onClick={use} data-autofocus>
          Use this {what}
        </Button>
      )}
    </div>
  );
}
