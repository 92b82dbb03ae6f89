import { Button, Select, TextInput } from "@mantine/core";
import { DayField } from "../../app/day-field.tsx";
import { backtestStore, useBacktest } from "../../state/backtest.ts";
import { type BookKind, bookWords, type MakerTerms, type StrangleTerms } from "../../state/backtest-setup.ts";
import { useLibrary } from "../../state/library.ts";
import styles from "./backtest.module.css";
import { NumberField } from "./number-field.tsx";

const kinds: readonly BookKind[] = ["fixed", "dated", "short-strangle", "market-maker"];
const bookNotes: Readonly<Record<BookKind, string>> = {
  fixed: "One portfolio throughout; what expires is left out.",
  dated: "The last portfolio that begins on or before the day is held.",
  "short-strangle": "A call and a put sold, delta hedged with the perpetual, rolled.",
  "market-maker": "Long and short options drawn from a seed, delta hedged, drawn anew.",
};

/** What is held through time. */
export function BookForm() {
  const book = useBacktest((s) => s.setup.book);
  const { choose } = backtestStore.getState();
  return (
    <fieldset className={styles.group}>
      <legend>Book</legend>
      <Select
        size="xs"
        aria-label="Kind of book"
        allowDeselect={false}
        data={kinds.map((kind) => ({ value: kind, label: bookWords[kind] }))}
        value={book}
        onChange={(value) => choose({ book: kinds.find((kind) => kind === value) ?? book })}
      />
      <small className="muted">{bookNotes[book]}</small>
      {book === "fixed" && <FixedBook />}
      {book === "dated" && <DatedBooks />}
      {book === "short-strangle" && <Strangle />}
      {book === "market-maker" && <MarketMaker />}
    </fieldset>
  );
}

function FixedBook() {
  const portfolios = useLibrary((s) => s.portfolios);
  const portfolio = useBacktest((s) => s.setup.portfolio);
  const { choose } = backtestStore.getState();
  return (
    <Select
      size="xs"
      label="Portfolio"
      searchable
      allowDeselect={false}
      data={[
        { value: "sample", label: "Sample (synthetic)" },
        ...portfolios.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      value={portfolio === undefined ? null : "id" in portfolio ? portfolio.id : "sample"}
      onChange={(id) => {
        const found = portfolios.find((entry) => entry.id === id);
        choose({ portfolio: found ? { id: found.id, name: found.name } : { sample: true } });
      }}
    />
  );
}

function DatedBooks() {
  const portfolios = useLibrary((s) => s.portfolios);
  const dated = useBacktest((s) => s.setup.dated);
  const { choose } = backtestStore.getState();
  const change = (place: number, part: Partial<(typeof dated)[number]>): void =>
    choose({ dated: dated.map((one, at) => (at === place ? { ...one, ...part } : one)) });
  return (
    <>
      {dated.map(({ from, portfolio }, place) => (
        <div key={`${from} ${portfolio}`} className={styles.line}>
          <DayField label="From" day={from} onDay={(day) => day !== "" && change(place, { from: day })} />
          <Select
            size="xs"
            className={styles.wide ?? ""}
            label="Portfolio"
            allowDeselect={false}
            data={portfolios.map(({ id, name }) => ({ value: id, label: name }))}
            value={portfolio}
            onChange={(id) => id !== null && change(place, { portfolio: id })}
          />
          <Button
            size="compact-xs"
            variant="default"
            aria-label={`Remove the portfolio from ${from}`}
            onClick={() => choose({ dated: dated.filter((_, at) => at !== place) })}
          >
            Remove
          </Button>
        </div>
      ))}
      <Button
        size="compact-xs"
        variant="default"
        disabled={portfolios.length === 0}
        onClick={() =>
          choose({ dated: [...dated, { from: nextDay(dated.at(-1)?.from), portfolio: portfolios[0]?.id ?? "" }] })
        }
      >
        Add a portfolio
      </Button>
      {portfolios.length === 0 && <small className="muted">No portfolios in the library yet: import one first.</small>}
    </>
  );
}

function nextDay(from: string | undefined): string {
  const ms = from === undefined ? Date.parse("2026-01-01") : Date.parse(from) + 86_400_000;
  return new Date(ms).toISOString().slice(0, 10);
}

function Underlying({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  return (
    <TextInput
      size="xs"
      w={118}
      label="Underlying"
      value={value}
      maxLength={20}
      onChange={(event) => onChange(event.currentTarget.value.toUpperCase())}
    />
  );
}

function Strangle() {
  const terms = useBacktest((s) => s.setup.strangle);
  const set = (part: Partial<StrangleTerms>): void =>
    backtestStore.getState().choose({ strangle: { ...terms, ...part } });
  return (
    <div className={styles.fields}>
      <Underlying value={terms.underlying} onChange={(underlying) => set({ underlying })} />
      <NumberField
        label="Size of a leg"
        value={terms.size}
        least={1e-6}
        most={1e9}
        onChange={(size) => set({ size })}
      />
      <NumberField
        label="Delta sold"
        value={terms.delta}
        least={0.01}
        most={0.49}
        onChange={(delta) => set({ delta })}
      />
      <NumberField label="Days to expiry" value={terms.days} least={1} most={250} onChange={(days) => set({ days })} />
      <NumberField
        label="Rolled after, days"
        value={terms.rollDays}
        least={0.25}
        most={250}
        onChange={(rollDays) => set({ rollDays })}
      />
    </div>
  );
}

function MarketMaker() {
  const terms = useBacktest((s) => s.setup.maker);
  const set = (part: Partial<MakerTerms>): void => backtestStore.getState().choose({ maker: { ...terms, ...part } });
  return (
    <div className={styles.fields}>
      <Underlying value={terms.underlying} onChange={(underlying) => set({ underlying })} />
      <NumberField label="Largest size" value={terms.size} least={1e-6} most={1e9} onChange={(size) => set({ size })} />
      <NumberField
        label="Positions"
        value={terms.positions}
        least={1}
        most={2000}
        whole
        onChange={(positions) => set({ positions })}
      />
      <NumberField
        label="Expiries"
        value={terms.expiries}
        least={1}
        most={20}
        whole
        onChange={(expiries) => set({ expiries })}
      />
      <NumberField
        label="Least delta"
        value={terms.leastDelta}
        least={0.01}
        most={0.49}
        onChange={(leastDelta) => set({ leastDelta })}
      />
      <NumberField
        label="Drawn anew, days"
        value={terms.refreshDays}
        least={0.25}
        most={250}
        onChange={(refreshDays) => set({ refreshDays })}
      />
      <NumberField label="Seed" value={terms.seed} least={0} most={1e9} whole onChange={(seed) => set({ seed })} />
    </div>
  );
}
