/** A layout as columns and rows of tab groups, with shares of the space. */
export type LayoutNode =
  | { readonly tabs: readonly string[]; readonly share: number }
  | { readonly split: "columns" | "rows"; readonly parts: readonly LayoutNode[]; readonly share: number };

export interface DefaultLayout {
  readonly name: string;
  readonly root: LayoutNode;
}

/** In the order of Mod+1, Mod+2, …; panels that this build does not have are left out. */
export const defaultLayouts: readonly DefaultLayout[] = [
  {
    name: "Monitor",
    root: {
      split: "columns",
      share: 1,
      parts: [
        {
          split: "rows",
          share: 58,
          parts: [
            { tabs: ["positions"], share: 58 },
            { tabs: ["statement", "parameters", "summary", "inputs", "attribution"], share: 42 },
          ],
        },
        {
          split: "rows",
          share: 42,
          parts: [
            { tabs: ["matrix"], share: 48 },
            { tabs: ["surface"], share: 52 },
          ],
        },
      ],
    },
  },
  {
    name: "Surface",
    root: {
      split: "columns",
      share: 1,
      parts: [
        { tabs: ["surface"], share: 64 },
        {
          split: "rows",
          share: 36,
          parts: [
            { tabs: ["matrix", "surface-2"], share: 55 },
            { tabs: ["statement", "slices", "positions"], share: 45 },
          ],
        },
      ],
    },
  },
  {
    name: "What-if",
    root: {
      split: "columns",
      share: 1,
      parts: [
        {
          split: "rows",
          share: 52,
          parts: [
            { tabs: ["what-if"], share: 42 },
            { tabs: ["hedges", "insurance", "positions", "matrix"], share: 58 },
          ],
        },
        { tabs: ["what-if-result", "surface", "statement"], share: 48 },
      ],
    },
  },
  {
    name: "Audit",
    root: {
      split: "columns",
      share: 1,
      parts: [
        { tabs: ["break-report", "statement"], share: 56 },
        {
          split: "rows",
          share: 44,
          parts: [
            { tabs: ["parameters", "rule-effect", "change"], share: 60 },
            { tabs: ["library", "jobs"], share: 40 },
          ],
        },
      ],
    },
  },
  {
    name: "Compare",
    root: {
      split: "rows",
      share: 1,
      parts: [
        { tabs: ["comparison"], share: 64 },
        { tabs: ["rule-effect", "statement"], share: 36 },
      ],
    },
  },
  {
    name: "Back-test",
    root: {
      split: "columns",
      share: 1,
      parts: [
        { tabs: ["backtest", "jobs"], share: 24 },
        {
          split: "rows",
          share: 76,
          parts: [
            { tabs: ["backtest-series", "tail", "calibration", "attribution"], share: 55 },
            {
              split: "columns",
              share: 45,
              parts: [
                { tabs: ["backtest-days", "statement"], share: 40 },
                { tabs: ["validation"], share: 60 },
              ],
            },
          ],
        },
      ],
    },
  },
  {
    name: "Listed",
    root: {
      split: "columns",
      share: 1,
      parts: [
        { tabs: ["netting-benefit"], share: 60 },
        {
          split: "rows",
          share: 40,
          parts: [
            { tabs: ["coverage"], share: 58 },
            { tabs: ["statement", "positions", "library"], share: 42 },
          ],
        },
      ],
    },
  },
  {
    name: "Stress",
    root: {
      split: "columns",
      share: 1,
      parts: [
        { tabs: ["stress", "scenarios"], share: 56 },
        {
          split: "rows",
          share: 44,
          parts: [
            { tabs: ["kinks"], share: 57 },
            { tabs: ["reverse-stress", "dependence", "statement", "jobs"], share: 43 },
          ],
        },
      ],
    },
  },
];

interface SerializedLeaf {
  readonly type: "leaf";
  readonly size: number;
  readonly data: { readonly id: string; readonly views: string[]; readonly activeView: string };
}

interface SerializedBranch {
  readonly type: "branch";
  readonly size: number;
  readonly data: SerializedNode[];
}

type SerializedNode = SerializedLeaf | SerializedBranch;

/** The layout as the docking library stores it, for a nominal 1,000 x 1,000 space that it scales. */
export function serializedLayout(layout: DefaultLayout, titles: ReadonlyMap<string, string>) {
  const nominal = 1000;
  const present = new Set<string>();
  let groups = 0;

  const convert = (node: LayoutNode, size: number, parentSplit: "columns" | "rows"): SerializedNode | undefined => {
    if ("tabs" in node) {
      const views = node.tabs.filter((id) => titles.has(id) && !present.has(id));
      const [activeView] = views;
      if (activeView === undefined) return undefined;
      for (const id of views) present.add(id);
      groups += 1;
      return { type: "leaf", size, data: { id: String(groups), views, activeView } };
    }
    const total = node.parts.reduce((sum, part) => sum + part.share, 0);
    const data = node.parts
      .map((part) => convert(part, (nominal * part.share) / total, node.split))
      .filter((part) => part !== undefined);
    const [only] = data;
    if (only === undefined) return undefined;
    if (data.length === 1 && only.type === "leaf") return { ...only, size };
    if (node.split === parentSplit)
      throw new Error(`layout ${layout.name}: a split inside a split of its own direction`);
    return { type: "branch", size, data };
  };

  const rootSplit = "split" in layout.root ? layout.root.split : "columns";
  const root = convert(layout.root, nominal, rootSplit === "columns" ? "rows" : "columns");
  const branch: SerializedBranch =
    root?.type === "branch" ? root : { type: "branch", size: nominal, data: root ? [root] : [] };
  const panels = Object.fromEntries(
    [...present].map((id) => [id, { id, contentComponent: "panel", title: titles.get(id) ?? id }]),
  );
  return {
    grid: {
      root: branch,
      width: nominal,
      height: nominal,
      orientation: rootSplit === "columns" ? ("HORIZONTAL" as const) : ("VERTICAL" as const),
    },
    panels,
    ...(groups > 0 && { activeGroup: "1" }),
  };
}
