import { formatNumber } from "../../../core/base/format.ts";
import { ChooseParameterFile } from "../../app/parameter-file/choose-parameter-file.tsx";
import { TableHead } from "../../app/table-head.tsx";
import type { NettingBenefit } from "../../client/listed.ts";
import { useSession } from "../../state/session.ts";
import styles from "./netting.module.css";
import { type MethodTotal, methodTotals } from "./netting-rows.ts";

/** Methods one below the other: requirement of the book, what netting saves, what each leaves out. */
export function MethodTable({ benefit }: { readonly benefit: NettingBenefit }) {
  const { portfolioName, unit } = benefit;
  return (
    <table className={styles.methods}>
      <caption className="visually-hidden">
        {portfolioName}: requirement and saving by method, {unit}
      </caption>
      <TableHead
        columns={[
          "Method",
          { number: `Requirement, ${unit}` },
          { number: `Saves, ${unit}` },
          { number: "Saves, %" },
          { number: `Positions apart, ${unit}`, title: "Every position on its own, added" },
          "Left out",
        ]}
      />
      <tbody>
        {methodTotals(benefit).map((method) => (
          <MethodRow key={method.id} method={method} />
        ))}
      </tbody>
    </table>
  );
}

function MethodRow({ method }: { readonly method: MethodTotal }) {
  const { id, title, version, isReference, failure, amount, benefit, fraction, apart, share, leftOut } = method;
  return (
    <tr data-method={id} data-reference={isReference}>
      <th scope="row">
        {title}
        <small className="muted">
          <span title={version}>{id}</span>
          {isReference && <b> · baseline</b>}
          {method.approximate && (
            <span className={styles.mark} data-mark="approx" title={method.remarks.join(" · ")}>
              {" "}
              ≈ approximate
            </span>
          )}
        </small>
      </th>
      {failure === undefined ? (
        <>
          <td className="numeric" data-value={amount ?? undefined}>
            {formatNumber(amount)}
            <span className={styles.track} aria-hidden="true">
              <span className={styles.bar} style={{ width: `${share * 100}%` }} />
            </span>
          </td>
          <td className="numeric" data-value={benefit ?? undefined}>
            {isReference ? <span className="muted">baseline</span> : formatNumber(benefit, { signed: true })}
          </td>
          <td className="numeric" data-value={fraction ?? undefined}>
            {isReference ? "" : formatNumber(percentOf(fraction), { decimals: 1, signed: true })}
          </td>
          <td className="numeric" data-value={apart ?? undefined}>
            {formatNumber(apart)}
          </td>
          <td>
            <LeftOut leftOut={leftOut} />
          </td>
        </>
      ) : (
        <td colSpan={5}>
          <Refusal id={id} failure={failure} />
        </td>
      )}
    </tr>
  );
}

/** Why a method has no amounts, and what would give it some. */
function Refusal({ id, failure }: { readonly id: string; readonly failure: string }) {
  const needsFile = useSession((s) => s.parameterFile === undefined) && id === "span-array";
  return (
    <div className={styles.refusal}>
      <span>{needsFile ? "Needs a clearing house's parameter file: its arrays, spreads and credits." : failure}</span>
      {needsFile && <ChooseParameterFile />}
    </div>
  );
}

const percentOf = (fraction: number | null): number | null => (fraction === null ? null : fraction * 100);

function LeftOut({ leftOut }: Pick<MethodTotal, "leftOut">) {
  if (leftOut.length === 0) return <span className="muted">nothing</span>;
  return (
    <details>
      <summary>{leftOut.length === 1 ? "1 position" : `${leftOut.length} positions`}: in no column</summary>
      <ul>
        {leftOut.map(({ symbol, reason }) => (
          <li key={symbol}>
            {symbol}: {reason}
          </li>
        ))}
      </ul>
    </details>
  );
}
