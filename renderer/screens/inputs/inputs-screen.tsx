import { ActionIcon, Button, NumberInput, Select } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { formatMoney, rawNumber } from "../../../core/base/format.ts";
import { Icon } from "../../app/icon.tsx";
import { useMarginFrame } from "../../app/margin-frame.ts";
import { PanelFrame } from "../../app/panel-frame.tsx";
import type { SetComponent } from "../../client/types.ts";
import { useSession } from "../../state/session.ts";
import { componentName, useComponentIds } from "./component-ids.ts";
import styles from "./inputs-screen.module.css";

const usual = ["BTC", "ETH", "SOL", "USDC", "USDT", "USD"];

/** Amounts that no file states and no method can compute: they enter as inputs and are marked `set` in the statement. */
export default function InputsScreen() {
  const frame = useMarginFrame();
  const balances = useSession((s) => s.balances);
  const components = useSession((s) => s.components);
  const setBalances = useSession((s) => s.setBalances);
  const setComponents = useSession((s) => s.setComponents);
  const result = useSession((s) => s.result);
  const currencies = [...new Set([...(result?.accounts ?? []).map(({ unit }) => unit), ...usual])];
  return (
    <PanelFrame panel="inputs" title="Account inputs" {...frame}>
      <div className={styles.sections}>
        <Section
          title="Equity"
          explanation="Replaces the balance of the export. Without a balance there is no available amount and no distance to liquidation."
        >
          {balances.map(({ currency, equity }) => (
            <Entry
              key={currency}
              label={`Equity, ${currency}`}
              text={formatMoney(equity, currency)}
              value={equity}
              onRemove={() => setBalances(balances.filter((balance) => balance.currency !== currency))}
            />
          ))}
          <AmountForm
            currencies={currencies}
            action="Set equity"
            onAdd={(currency, equity) =>
              setBalances([...balances.filter((balance) => balance.currency !== currency), { currency, equity }])
            }
          />
        </Section>
        <Section
          title="Margin components"
          explanation="What the venue charges but does not publish how to compute; requirements, never below 0. They replace imported ones."
        >
          {components.map(({ id, currency, amount }) => (
            <Entry
              key={`${id} ${currency}`}
              label={`${componentName(id)}, ${currency}`}
              text={formatMoney(amount, currency)}
              value={amount}
              onRemove={() => setComponents(components.filter((c) => c.id !== id || c.currency !== currency))}
            />
          ))}
          <ComponentForm currencies={currencies} components={components} onChange={setComponents} />
        </Section>
      </div>
    </PanelFrame>
  );
}

interface SectionProps {
  readonly title: string;
  readonly explanation: string;
  readonly children: ReactNode;
}

function Section({ title, explanation, children }: SectionProps) {
  return (
    <section className={styles.section}>
      <h3>{title}</h3>
      <p className="muted">{explanation}</p>
      {children}
    </section>
  );
}

interface EntryProps {
  readonly label: string;
  readonly text: string;
  readonly value: number;
  readonly onRemove: () => void;
}

function Entry({ label, text, value, onRemove }: EntryProps) {
  return (
    <div className={styles.entry}>
      <span>{label}</span>
      <span className="numeric" data-value={rawNumber(value)} title={rawNumber(value)}>
        {text}
      </span>
      <ActionIcon variant="subtle" color="gray" aria-label={`Take back ${label}`} onClick={onRemove}>
        <Icon name="close" />
      </ActionIcon>
    </div>
  );
}

interface AmountFormProps {
  readonly currencies: readonly string[];
  readonly action: string;
  readonly minimum?: number;
  readonly onAdd: (currency: string, amount: number) => void;
  readonly children?: ReactNode;
}

function AmountForm({ currencies, action, minimum, onAdd, children }: AmountFormProps) {
  const [currency, setCurrency] = useState<string | null>(currencies[0] ?? null);
  const [amount, setAmount] = useState<number | string>("");
  const ready = currency !== null && typeof amount === "number" && (minimum === undefined || amount >= minimum);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready) return;
        onAdd(currency, amount);
        setAmount("");
      }}
    >
      {children}
      <Select
        size="xs"
        label="Currency"
        data={[...currencies]}
        value={currency}
        onChange={setCurrency}
        allowDeselect={false}
        w={92}
      />
      <NumberInput
        size="xs"
        label="Amount"
        value={amount}
        onChange={setAmount}
        hideControls
        thousandSeparator=","
        w={150}
        {...(minimum !== undefined && { min: minimum })}
      />
      <Button size="xs" type="submit" variant="default" disabled={!ready}>
        {action}
      </Button>
    </form>
  );
}

interface ComponentFormProps {
  readonly currencies: readonly string[];
  readonly components: readonly SetComponent[];
  readonly onChange: (components: readonly SetComponent[]) => void;
}

function ComponentForm({ currencies, components, onChange }: ComponentFormProps) {
  const ids = useComponentIds();
  const [id, setId] = useState<SetComponent["id"]>("open-orders");
  return (
    <AmountForm
      currencies={currencies}
      action="Set component"
      minimum={0}
      onAdd={(currency, amount) =>
        onChange([...components.filter((c) => c.id !== id || c.currency !== currency), { id, currency, amount }])
      }
    >
      <Select
        size="xs"
        label="Component"
        data={ids.map((value) => ({ value, label: componentName(value) }))}
        value={id}
        allowDeselect={false}
        onChange={(value) => {
          const found = ids.find((candidate) => candidate === value);
          if (found) setId(found);
        }}
        w={210}
      />
    </AmountForm>
  );
}
