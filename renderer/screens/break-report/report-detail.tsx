import { Button, Tabs } from "@mantine/core";
import { formatNumber, formatQuantity, rawNumber } from "../../../core/base/format.ts";
import { TableHead } from "../../app/table-head.tsx";
import type { BreakReport } from "../../client/reports.ts";
import styles from "./break-report.module.css";
import { causeNames } from "./break-rows.ts";
import { Amount } from "./verdict-band.tsx";

interface ReportDetailProps {
  readonly report: BreakReport;
  readonly onApply: () => void;
}

/** Behind the lines: how the totals bridge, what each swapped input did, cells, positions, parameters, notes. */
export function ReportDetail({ report, onApply }: ReportDetailProps) {
  const { bridges, swaps, cells, positions, excluded, parameters, remarks } = report;
  const { overrides, refused, same } = parameters;
  const stated = overrides.length + refused.length + same;
  const tabs = [
    { id: "bridge", title: "Bridge", shown: bridges.length > 0, body: <Bridges report={report} /> },
    { id: "causes", title: `Causes tried ${swaps.length}`, shown: swaps.length > 0, body: <Causes report={report} /> },
    { id: "cells", title: `Scenario cells ${cells?.compared ?? 0}`, shown: !!cells, body: <Cells report={report} /> },
    {
      id: "positions",
      title: `Positions ${positions.length + excluded.length}`,
      shown: positions.length + excluded.length > 0,
      body: <Positions report={report} />,
    },
    {
      id: "parameters",
      title: `Parameters ${stated}`,
      shown: stated > 0,
      body: <Parameters report={report} onApply={onApply} />,
    },
    {
      id: "notes",
      title: `Notes ${remarks.length}`,
      shown: remarks.length > 0,
      body: (
        <ul className={styles.notes}>
          {remarks.map((remark) => (
            <li key={remark}>{remark}</li>
          ))}
        </ul>
      ),
    },
  ].filter(({ shown }) => shown);
  const [first] = tabs;
  if (!first) return null;
  return (
    <Tabs defaultValue={first.id} className={styles.detail ?? ""} keepMounted={false}>
      <Tabs.List aria-label="Behind the lines">
        {tabs.map(({ id, title }) => (
          <Tabs.Tab key={id} value={id} size="xs">
            {title}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map(({ id, title, body }) => (
        <Tabs.Panel key={id} value={id} className={styles.tab ?? ""} tabIndex={0} aria-label={title}>
          {body}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

/** Ours, each step, charged: the sum holds to the last digit shown. */
export function Bridges({ report }: { readonly report: BreakReport }) {
  return report.bridges.map((bridge) => (
    <table key={bridge.statedId} className={styles.table}>
      <caption>
        {bridge.account} {bridge.label}, {bridge.unit}: ours plus every step is what is charged
      </caption>
      <tbody>
        <tr>
          <th scope="row">Ours</th>
          <td className="numeric">
            <Amount bridge={bridge} value={bridge.own} />
          </td>
        </tr>
        {bridge.steps.map((step) => (
          <tr key={step.id}>
            <th scope="row">{step.label}</th>
            <td className="numeric">
              <Amount bridge={bridge} value={step.amount} signed />
            </td>
          </tr>
        ))}
        <tr className={styles.sum}>
          <th scope="row">Charged</th>
          <td className="numeric">
            <Amount bridge={bridge} value={bridge.charged} />
          </td>
        </tr>
      </tbody>
    </table>
  ));
}

const outcomeWords = {
  changed: "changes the result",
  "no-effect": "no effect",
  same: "ours is the venue's already",
  failed: "could not run",
} as const;

export function Causes({ report: { swaps, lines } }: { readonly report: BreakReport }) {
  const labels = new Map(lines.map(({ statedId, label, account }) => [statedId, `${account} ${label}`]));
  return (
    <table className={styles.table}>
      <caption>One input of the venue at a time in the place of ours</caption>
      <TableHead
        columns={["Input swapped", "Cause", "Outcome", "Closes", { number: "Gap of the totals before → after" }]}
      />
      <tbody>
        {swaps.map(({ id, label, cause, outcome, failure, closes, totals }) => (
          <tr key={id}>
            <th scope="row">{label}</th>
            <td>{causeNames[cause] ?? cause}</td>
            <td>{failure ? `${outcomeWords[outcome]}: ${failure.message}` : outcomeWords[outcome]}</td>
            <td>
              {closes.length === 0 ? "—" : `✓ ${closes.map((closed) => labels.get(closed) ?? closed).join(", ")}`}
            </td>
            <td className="numeric">
              {totals.map(({ statedId, before, after }) => (
                <div key={statedId} data-value={rawNumber(after)}>
                  {formatNumber(before, { significant: 6 })} → {formatNumber(after, { significant: 6 })}
                </div>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cells({ report: { cells } }: { readonly report: BreakReport }) {
  if (!cells) return null;
  return (
    <>
      <p>
        {cells.compared} cells compared: {cells.matched} matched, {cells.withinRounding} within rounding,{" "}
        {cells.openCount} further apart
        {cells.notComparable > 0 && `; ${cells.notComparable} stated cells have no counterpart here`}.
      </p>
      {cells.open.length > 0 && (
        <table className={styles.table}>
          <caption>Cells that differ, largest first; profit and loss, gain &gt; 0</caption>
          <TableHead
            columns={["Vector", "Cell", { number: "Ours" }, { number: "Stated" }, { number: "Difference" }, "Unit"]}
          />
          <tbody>
            {cells.open.map(({ vector, cell, own, charged, difference, unit }) => (
              <tr key={`${vector} ${cell}`}>
                <th scope="row">{vector}</th>
                <td>{cell}</td>
                {[own, charged, difference].map((value, place) => (
                  <td key={["own", "charged", "difference"][place]} className="numeric" data-value={rawNumber(value)}>
                    {formatNumber(value, { significant: 8, signed: place === 2 })}
                  </td>
                ))}
                <td>{unit}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function Positions({ report: { positions, excluded } }: { readonly report: BreakReport }) {
  return (
    <table className={styles.table}>
      <caption>Positions that differ from the reply, and positions that could not be valued</caption>
      <TableHead columns={["Instrument", { number: "Ours" }, { number: "Reply" }, "Remark"]} />
      <tbody>
        {positions.map(({ symbol, own, stated }) => (
          <tr key={symbol}>
            <th scope="row">{symbol}</th>
            <td className="numeric" data-value={rawNumber(own)}>
              {formatQuantity(own)}
            </td>
            <td className="numeric" data-value={rawNumber(stated)}>
              {formatQuantity(stated)}
            </td>
            <td>quantities differ</td>
          </tr>
        ))}
        {excluded.map(({ id, symbol, quantity, failure }) => (
          <tr key={id}>
            <th scope="row">{symbol}</th>
            <td className="numeric" data-value={rawNumber(quantity)}>
              {formatQuantity(quantity)}
            </td>
            <td className="numeric">—</td>
            <td>left out: {failure.message}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Parameters({ report, onApply }: ReportDetailProps) {
  const { overrides, same, refused } = report.parameters;
  return (
    <>
      <p className={styles.apply}>
        {same} of the reply's parameters equal ours, {overrides.length} differ, {refused.length} cannot be used.{" "}
        <Button size="compact-xs" disabled={overrides.length === 0} onClick={onApply}>
          {overrides.length === 1 ? "Apply 1 parameter as override" : `Apply ${overrides.length} as overrides`}
        </Button>
      </p>
      {overrides.length + refused.length > 0 && (
        <table className={styles.table}>
          <TableHead columns={["Parameter", { number: "Value of the reply" }, "Use"]} />
          <tbody>
            {overrides.map(({ path, value }) => (
              <tr key={path}>
                <th scope="row">
                  <code>{path}</code>
                </th>
                <td className="numeric" data-value={String(value)}>
                  {String(value)}
                </td>
                <td>differs from the rulebook</td>
              </tr>
            ))}
            {refused.map(({ parameter, reason }) => (
              <tr key={parameter.at}>
                <th scope="row">
                  <code>{parameter.at}</code>
                </th>
                <td className="numeric">{String(parameter.value)}</td>
                <td>not used: {reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
