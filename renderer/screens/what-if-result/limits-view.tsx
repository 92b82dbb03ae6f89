import { ActionIcon, Button, NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { memo, useState } from "react";
import { TableHead } from "../../app/table-head.tsx";
import type { LimitVerdict, WhatIfColumn, WhatIfLimit } from "../../client/what-if.ts";
import { useWhatIf, whatIfStore } from "../../state/what-if.ts";
import { limitValue } from "./result-rows.ts";
import styles from "./what-if-result.module.css";

/** Words of the measures; floors say so. */
const words: Readonly<Record<WhatIfLimit["measure"], string>> = {
  initial: "Initial margin at most",
  maintenance: "Maintenance margin at most",
  available: "Available at least",
  headroom: "Headroom to liquidation at least",
  "call-room": "Room to a call at least",
  delta: "Delta, either side, at most",
  gamma: "Gamma, either side, at most",
  vega: "Vega, either side, at most",
  theta: "Theta at least",
  "stress-loss": "Worst stress loss at most",
  "wide-loss": "Loss on the wide grid at most",
  "gross-notional": "Gross notional at most",
  "notional-share": "Largest share of notional at most",
  "open-interest-share": "Largest share of open interest at most",
};

const measures = Object.keys(words) as WhatIfLimit["measure"][];
const withUnderlying: ReadonlySet<string> = new Set(["delta", "gamma", "vega", "theta", "gross-notional"]);

/** Limits with a verdict before and after under each method, and the room that is left. */
export function LimitsView({ columns }: { readonly columns: readonly WhatIfColumn[] }) {
  const limits = useWhatIf((s) => s.limits);
  const { setLimits } = whatIfStore.getState();
  return (
    <section aria-label="Limits">
      <table className={styles.table}>
        <caption>Limits</caption>
        <TableHead
          columns={[
            "Limit",
            { number: "Bound" },
            { number: "Before" },
            { number: "After" },
            "Verdict",
            { hidden: "Remove" },
          ]}
        />
        <tbody>
          {limits.map((limit, at) =>
            verdictsOf(columns, limit).map(({ label, verdict }, place) => (
              <LimitRow
                key={`${JSON.stringify(limit)} ${label}`}
                limit={limit}
                method={columns.length > 1 ? label : undefined}
                verdict={verdict}
                onRemove={place === 0 ? () => setLimits(limits.filter((_, other) => other !== at)) : undefined}
              />
            )),
          )}
        </tbody>
      </table>
      {limits.length === 0 && (
        <p className={`${styles.small} muted`}>No limits yet: each is judged before and after.</p>
      )}
      <AddLimit />
    </section>
  );
}

function verdictsOf(columns: readonly WhatIfColumn[], limit: WhatIfLimit) {
  const found = columns.flatMap((column) => {
    const verdict = column.limits.find((one) => sameLimit(one.limit, limit));
    return verdict === undefined ? [] : [{ label: column.label, verdict }];
  });
  return found.length > 0 ? found : [{ label: "", verdict: undefined }];
}

function sameLimit(one: WhatIfLimit, other: WhatIfLimit): boolean {
  return one.measure === other.measure && one.bound === other.bound && one.underlying === other.underlying;
}

interface LimitRowProps {
  readonly limit: WhatIfLimit;
  readonly method: string | undefined;
  readonly verdict: LimitVerdict | undefined;
  readonly onRemove: (() => void) | undefined;
}

function LimitRow({ limit: { measure, bound, underlying }, method, verdict, onRemove }: LimitRowProps) {
  const { before, after } = verdict ?? {};
  const name = `${words[measure]}${underlying === undefined ? "" : `, ${underlying}`}`;
  return (
    <tr data-limit={measure}>
      <th scope="row">
        {name}
        {method !== undefined && <span className="muted"> · {method}</span>}
      </th>
      <td className="numeric" data-value={bound}>
        {limitValue(measure, bound)}
      </td>
      <td className="numeric" data-value={before?.value}>
        {limitValue(measure, before?.value)}
      </td>
      <td className="numeric" data-value={after?.value} title={after?.where}>
        {limitValue(measure, after?.value)}
      </td>
      <td>
        {after === undefined ? (
          <span className="muted">—</span>
        ) : after.passes ? (
          `pass, ${limitValue(measure, after.room)} left`
        ) : (
          <span className={styles.fail}>
            FAIL by {limitValue(measure, -after.room)}
            {before?.passes === false && ", before too"}
          </span>
        )}
      </td>
      <td>
        {onRemove && (
          <ActionIcon size="sm" variant="subtle" aria-label={`Remove limit: ${name}`} onClick={onRemove}>
            ✕
          </ActionIcon>
        )}
      </td>
    </tr>
  );
}

const AddLimit = memo(function AddLimit() {
  const [measure, setMeasure] = useState<WhatIfLimit["measure"]>("initial");
  const [bound, setBound] = useState<number | "">("");
  const [underlying, setUnderlying] = useState("");
  const isShare = measure.endsWith("share");
  const add = (): void => {
    if (bound === "") return;
    const named = withUnderlying.has(measure) && underlying.trim() !== "" ? { underlying: underlying.trim() } : {};
    const { limits, setLimits } = whatIfStore.getState();
    setLimits([...limits, { measure, bound: isShare ? bound / 100 : bound, ...named }]);
    setBound("");
  };
  return (
    <form
      className={styles.row}
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <NativeSelect
        size="xs"
        aria-label="Measure of the limit"
        data={measures.map((value) => ({ value, label: words[value] }))}
        value={measure}
        onChange={({ currentTarget }) => setMeasure(measures.find((one) => one === currentTarget.value) ?? "initial")}
      />
      <NumberInput
        size="xs"
        w={130}
        aria-label={`Bound, ${isShare ? "%" : "USD"}`}
        placeholder={isShare ? "%" : "USD"}
        thousandSeparator=","
        hideControls
        value={bound}
        onChange={(value) => setBound(typeof value === "number" ? value : "")}
      />
      {withUnderlying.has(measure) && (
        <TextInput
          size="xs"
          w={110}
          aria-label="Underlying of the limit"
          placeholder="all"
          value={underlying}
          onChange={({ currentTarget }) => setUnderlying(currentTarget.value)}
        />
      )}
      <Button size="compact-xs" type="submit" variant="default" disabled={bound === ""}>
        Add limit
      </Button>
    </form>
  );
});
