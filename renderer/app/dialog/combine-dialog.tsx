import { ActionIcon, Button, Checkbox, Group, Modal, NativeSelect, NumberInput, Text, TextInput } from "@mantine/core";
import { useEffect } from "react";
import { formatNumber } from "../../../core/base/format.ts";
import {
  type AlgebraTerm,
  algebraRequestOf,
  algebraStore,
  algebraWork,
  type BalanceRule,
  mostTerms,
  type NetOrGross,
  useAlgebra,
} from "../../state/algebra.ts";
import { useLibrary } from "../../state/library.ts";
import { chosenName } from "../../state/session.ts";
import { useWork } from "../../state/work.ts";
import { useWorkspace, workspace } from "../../state/workspace.ts";
import { FailureBanner } from "../failure-banner.tsx";
import styles from "./combine-dialog.module.css";

const netOrGross: readonly { readonly value: NetOrGross; readonly label: string }[] = [
  { value: "net", label: "Net: one for each instrument and account" },
  { value: "gross", label: "Gross: side by side" },
];
const balanceRules: readonly { readonly value: BalanceRule; readonly label: string }[] = [
  { value: "scale", label: "Equity × factor, added by currency" },
  { value: "first", label: "Of the first portfolio" },
  { value: "none", label: "None" },
];

const close = (): void => workspace.getState().open(undefined);

/** Portfolios added, subtracted and scaled into a new one. */
export function CombineDialog() {
  const opened = useWorkspace((s) => s.overlay === "combine-portfolios");
  return (
    <Modal
      opened={opened}
      onClose={close}
      title="Combine portfolios"
      size="min(760px, 94vw)"
      centered
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <CombineForm />
    </Modal>
  );
}

function CombineForm() {
  const state = useAlgebra((s) => s);
  useEffect(() => algebraStore.getState().start(), []);
  const { name, terms, positions, mergeAccounts, balances, saved, saving, saveFailure } = state;
  const ready = algebraRequestOf(state) !== undefined;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void state.save();
      }}
    >
      <Text size="sm" c="dimmed" mb="xs">
        Quantities times their factors are added: 1 adds, −1 subtracts, 0.5 is half. The portfolios stay as they are.
      </Text>
      <fieldset className={styles.terms}>
        <legend className="visually-hidden">Portfolios to combine</legend>
        {terms.map((term, at) => (
          <Term key={term.key} term={term} place={at + 1} only={terms.length === 1} />
        ))}
        <Button size="compact-sm" variant="default" disabled={terms.length >= mostTerms} onClick={state.addTerm}>
          Add a portfolio
        </Button>
      </fieldset>
      <div className={styles.choices}>
        <NativeSelect
          label="Positions"
          data={[...netOrGross]}
          value={positions}
          onChange={({ currentTarget: { value } }) =>
            state.choose({ positions: netOrGross.find((one) => one.value === value)?.value ?? "net" })
          }
        />
        <NativeSelect
          label="Balances"
          data={[...balanceRules]}
          value={balances}
          onChange={({ currentTarget: { value } }) =>
            state.choose({ balances: balanceRules.find((one) => one.value === value)?.value ?? "scale" })
          }
        />
      </div>
      <Checkbox
        my="sm"
        label="Merge accounts into one"
        checked={mergeAccounts}
        onChange={({ currentTarget }) => state.choose({ mergeAccounts: currentTarget.checked })}
      />
      <Preview ready={ready} />
      <TextInput
        mt="sm"
        label="Save under"
        value={name}
        maxLength={200}
        required
        onChange={({ currentTarget }) => state.choose({ name: currentTarget.value })}
      />
      {saveFailure && <FailureBanner failure={saveFailure} />}
      <p className={styles.saved} role="status">
        {saved && `Saved as “${saved.name}”: ${saved.note}`}
      </p>
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>
          {saved ? "Close" : "Cancel"}
        </Button>
        {saved ? (
          <Button
            type="button"
            key="use"
            data-autofocus
            onClick={() => {
              state.use();
              close();
            }}
          >
            Use this portfolio
          </Button>
        ) : (
          <Button type="submit" key="save" loading={saving} disabled={!ready || name.trim() === ""}>
            Save portfolio
          </Button>
        )}
      </Group>
    </form>
  );
}

interface TermProps {
  readonly term: AlgebraTerm;
  readonly place: number;
  readonly only: boolean;
}

function Term({ term: { key, portfolio, times, accounts }, place, only }: TermProps) {
  const stored = useLibrary((s) => s.portfolios);
  const { changeTerm, removeTerm } = algebraStore.getState();
  return (
    <div className={styles.term} data-term={place}>
      <NativeSelect
        label={`Portfolio ${place}`}
        data={[
          { value: "", label: chosenName({ sample: true }) },
          ...stored.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={"id" in portfolio ? portfolio.id : ""}
        onChange={({ currentTarget: { value } }) => {
          const found = stored.find(({ id }) => id === value);
          changeTerm(key, { portfolio: found ? { id: found.id, name: found.name } : { sample: true } });
        }}
        {...(place === 1 && { "data-autofocus": true })}
      />
      <NumberInput
        label="Factor"
        aria-label={`Factor of portfolio ${place}`}
        value={times ?? ""}
        decimalScale={8}
        step={1}
        error={times === undefined && "A number"}
        onChange={(value) => changeTerm(key, { times: typeof value === "number" ? value : undefined })}
      />
      <TextInput
        label="Accounts"
        aria-label={`Accounts of portfolio ${place}, separated by commas`}
        placeholder="all, or names with commas"
        value={accounts}
        onChange={({ currentTarget }) => changeTerm(key, { accounts: currentTarget.value })}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        disabled={only}
        aria-label={`Remove portfolio ${place}`}
        onClick={() => removeTerm(key)}
      >
        ✕
      </ActionIcon>
    </div>
  );
}

/** What the combination would hold, while it is edited. */
function Preview({ ready }: { readonly ready: boolean }) {
  const outcome = useWork(algebraWork, (s) => s.value);
  const state = useWork(algebraWork, (s) => s.state);
  const failure = useWork(algebraWork, (s) => s.failure);
  if (!ready) return <p className={styles.result}>Every portfolio needs a factor.</p>;
  if (state === "error" && failure) return <FailureBanner failure={failure} />;
  if (!outcome) return <p className={styles.result}>Being combined…</p>;
  const equity = outcome.balances.map(
    ({ currency, equity: amount }) => `${formatNumber(amount, { decimals: 2 })} ${currency}`,
  );
  return (
    <section className={styles.result} aria-label="Result" data-state={state}>
      <strong data-value={outcome.count}>
        {formatNumber(outcome.count, { decimals: 0 })} {outcome.count === 1 ? "position" : "positions"}
      </strong>{" "}
      <span className="muted">
        {equity.length > 0 ? `equity ${equity.join(", ")}` : "no balances"}
        {state === "ready" ? "" : " · being combined again"}
      </span>
      {outcome.notes.length > 0 && (
        <ul>
          {outcome.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
