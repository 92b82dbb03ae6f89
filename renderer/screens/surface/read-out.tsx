import { formatNumber, rawNumber } from "../../../core/base/format.ts";
import { bindingAt, type GridPoint, valueAt } from "../../figures/grid.ts";
import { hasLayer, type LayerId, layerOf, type Surface } from "../../figures/layer.ts";
import { pointWords } from "../../figures/words.ts";
import styles from "./surface.module.css";

interface ReadOutProps {
  readonly surface: Surface;
  readonly point: GridPoint;
  readonly layer: LayerId;
  readonly kind: "pointer" | "selected" | "now";
  /** The surface is A − B: every figure is a change. */
  readonly difference?: boolean | undefined;
}

const kinds = { pointer: "Pointer", selected: "Selected", now: "Market now" } as const;

/** Everything known of one point: where, what binds, margins, headroom, profit and the layer on show. */
export function ReadOut({ surface, point, layer, kind, difference = false }: ReadOutProps) {
  const always: LayerId[] = difference ? [layer] : ["initial", "maintenance", "headroom", "pnl"];
  const shown = [...new Set([...always, layer])].filter((id) => hasLayer(surface, id));
  return (
    <dl className={styles.readOut} data-point={kind}>
      <div>
        <dt>{kinds[kind]}</dt>
        <dd>{pointWords(surface, point)}</dd>
      </div>
      {shown.map((id) => {
        const value = valueAt(surface, id, point);
        const { label, unit } = layerOf(id);
        return (
          <div key={id} data-layer={id} data-current={id === layer}>
            <dt>
              {difference ? `A − B: ${label}` : label} <small>{unit}</small>
            </dt>
            <dd data-value={rawNumber(value)}>{formatNumber(value, { signed: difference })}</dd>
          </div>
        );
      })}
      <div className={styles.binding}>
        <dt>Binding scenario</dt>
        <dd>{bindingAt(surface, point)}</dd>
      </div>
    </dl>
  );
}
