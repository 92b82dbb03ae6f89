import { ActionIcon, NativeSelect, NumberInput } from "@mantine/core";
import { memo, useRef, useState } from "react";
import { formatNumber, formatQuantity } from "../../../core/base/format.ts";
import { TableHead } from "../../app/table-head.tsx";
import type { WhatIfResult } from "../../client/what-if.ts";
import { type PriceBasis, type TicketLeg, whatIfStore } from "../../state/what-if.ts";
import styles from "./what-if.module.css";

const bases: readonly { readonly value: PriceBasis; readonly label: string }[] = [
  { value: "mark", label: "at mark" },
  { value: "bid-ask", label: "bid / ask" },
  { value: "stated", label: "at price" },
];

interface LegTableProps {
  readonly legs: readonly TicketLeg[];
  /** Says mark and price of each leg once it is computed. */
  readonly result: WhatIfResult | undefined;
}

/** The legs of the ticket: everything is edited in place, and computed while it is. */
export const LegTable = memo(function LegTable({ legs, result }: LegTableProps) {
  return (
    <table className={styles.legs}>
      <caption className="visually-hidden">Legs of the what-if ticket</caption>
      <TableHead
        columns={["Contract", "Quantity", "Price", { number: "Mark" }, { number: "Held" }, { hidden: "Remove" }]}
      />
      <tbody>
        {legs.map((leg, at) => {
          const found = result?.legs[at];
          const understood = found?.symbol === leg.symbol ? found : undefined;
          return (
            <LegRow
              key={leg.key}
              leg={leg}
              quantityUnit={understood?.quantityUnit ?? leg.quantityUnit}
              mark={understood?.mark}
              priceUnit={understood?.priceUnit}
              held={understood?.held}
            />
          );
        })}
      </tbody>
    </table>
  );
});

interface LegRowProps {
  readonly leg: TicketLeg;
  /** Of the computed leg, once it is. */
  readonly quantityUnit: string;
  readonly mark: number | undefined;
  readonly priceUnit: string | undefined;
  readonly held: number | undefined;
}

const LegRow = memo(function LegRow({ leg, quantityUnit, mark, priceUnit, held }: LegRowProps) {
  const { key, symbol, quantity, basis, price } = leg;
  const { change, remove } = whatIfStore.getState();
  const side = quantity > 0 ? "Buy" : quantity < 0 ? "Sell" : "No";
  return (
    <tr data-leg={symbol}>
      <td className={styles.symbol}>
        <span className="muted">{side}</span> {symbol}
      </td>
      <td>
        <span className={styles.quantity}>
          <NumberInput
            size="xs"
            w={92}
            aria-label={`Quantity of ${symbol}, ${quantityUnit}`}
            value={quantity}
            step={stepOf(quantity)}
            decimalScale={8}
            thousandSeparator=","
            hideControls
            onChange={(value) => typeof value === "number" && change(key, { quantity: value })}
          />
          <span className="muted">{quantityUnit}</span>
          <QuantitySlider leg={leg} />
        </span>
      </td>
      <td>
        <span className={styles.quantity}>
          <NativeSelect
            size="xs"
            w={88}
            aria-label={`Price basis of ${symbol}`}
            data={[...bases]}
            value={basis}
            onChange={({ currentTarget }) => {
              const next = bases.find(({ value }) => value === currentTarget.value)?.value ?? "mark";
              change(key, { basis: next, ...(next === "stated" && price === undefined ? { price: mark ?? 0 } : {}) });
            }}
          />
          {basis === "stated" && (
            <NumberInput
              size="xs"
              w={96}
              aria-label={`Price of ${symbol}`}
              value={price ?? ""}
              min={0}
              decimalScale={8}
              onChange={(value) => typeof value === "number" && change(key, { price: value })}
            />
          )}
        </span>
      </td>
      <td className="numeric" data-value={mark}>
        {formatNumber(mark, { decimals: mark !== undefined && mark < 10 ? 4 : 2 })}{" "}
        <span className="muted">{priceUnit}</span>
      </td>
      <td className="numeric" data-value={held}>
        {formatQuantity(held)}
      </td>
      <td>
        <ActionIcon size="sm" variant="subtle" aria-label={`Remove ${symbol}`} onClick={() => remove(key)}>
          ✕
        </ActionIcon>
      </td>
    </tr>
  );
});

/** Drags the quantity between twice its amount either way; the range stays while it is dragged. */
function QuantitySlider({ leg: { key, symbol, quantity } }: { readonly leg: TicketLeg }) {
  const dragging = useRef(false);
  const [span, setSpan] = useState(() => spanOf(quantity));
  if (!dragging.current && (Math.abs(quantity) > span || Math.abs(quantity) * 8 < span) && span !== spanOf(quantity))
    setSpan(spanOf(quantity));
  return (
    <input
      type="range"
      aria-label={`Drag the quantity of ${symbol}`}
      min={-span}
      max={span}
      step={span / 200}
      value={quantity}
      onPointerDown={() => {
        dragging.current = true;
      }}
      onPointerUp={() => {
        dragging.current = false;
      }}
      onChange={({ currentTarget }) =>
        whatIfStore.getState().change(key, { quantity: Number(Number(currentTarget.value).toPrecision(8)) })
      }
    />
  );
}

function spanOf(quantity: number): number {
  return quantity === 0 ? 10 : Math.abs(quantity) * 2;
}

/** The next lower power of ten of the quantity's size, a tenth of it. */
function stepOf(quantity: number): number {
  const size = Math.abs(quantity);
  return size === 0 ? 1 : Number(`1e${Math.floor(Math.log10(size)) - 1}`);
}
