/** Layouts as the docking library stores them, looked at as plain data: where the panels stand, whatever their sizes. */

interface Leaf {
  readonly type: "leaf";
  readonly data: { readonly id?: string; readonly views: readonly string[]; readonly activeView?: string };
  readonly visible?: boolean;
}

interface Branch {
  readonly type: "branch";
  readonly data: readonly (Leaf | Branch)[];
}

interface Popout {
  readonly data?: { readonly views: readonly string[] };
  readonly grid?: { readonly root: Leaf | Branch };
  readonly gridReferenceGroup?: string;
}

interface Arranged {
  readonly grid: { readonly root: Leaf | Branch };
  readonly popoutGroups?: readonly Popout[];
}

/** Which panels share a group and how the groups stand to each other: equal texts, same arrangement. */
export function structureOf(layout: unknown): string {
  const shape = (node: Leaf | Branch): unknown => (node.type === "leaf" ? node.data.views : node.data.map(shape));
  return JSON.stringify(shape((layout as Arranged).grid.root));
}

/** Ids of the panels of a layout, popped out or not. */
export function viewsOf(layout: unknown): readonly string[] {
  const views = (node: Leaf | Branch): readonly string[] =>
    node.type === "leaf" ? node.data.views : node.data.flatMap(views);
  const { grid, popoutGroups = [] } = layout as Arranged;
  return [...views(grid.root), ...popoutGroups.flatMap((popout) => popoutViews(popout, views))];
}

/**
 * The same layout without further windows: what is popped out stands where it will return to. Windows are not stored,
 * as no program may open them again without being asked.
 */
export function inOneWindow<Layout>(layout: Layout): Layout {
  const { popoutGroups = [], ...rest } = layout as Layout & Arranged;
  if (popoutGroups.length === 0) return layout;
  let root = rest.grid.root;
  for (const popout of popoutGroups) root = withViews(root, popout);
  return { ...rest, grid: { ...rest.grid, root: withoutEmpty(root) ?? root } } as unknown as Layout;
}

const leafViews = (node: Leaf | Branch): readonly string[] =>
  node.type === "leaf" ? node.data.views : node.data.flatMap(leafViews);

function popoutViews({ data, grid }: Popout, views: (node: Leaf | Branch) => readonly string[]): readonly string[] {
  return data?.views ?? (grid ? views(grid.root) : []);
}

function withViews(root: Leaf | Branch, popout: Popout): Leaf | Branch {
  const given = popoutViews(popout, leafViews);
  const place = leaves(root).find(({ data }) => data.id === popout.gridReferenceGroup) ?? leaves(root)[0];
  const visit = (node: Leaf | Branch): Leaf | Branch => {
    if (node.type === "branch") return { ...node, data: node.data.map(visit) };
    if (node !== place) return node;
    const views = [...node.data.views, ...given];
    const { visible: _, ...shown } = node;
    return { ...shown, data: { ...node.data, views, activeView: node.data.activeView ?? views[0] ?? "" } };
  };
  return visit(root);
}

function leaves(node: Leaf | Branch): readonly Leaf[] {
  return node.type === "leaf" ? [node] : node.data.flatMap(leaves);
}

function withoutEmpty(node: Leaf | Branch): Leaf | Branch | undefined {
  if (node.type === "leaf") return node.data.views.length > 0 ? node : undefined;
  const data = node.data.map(withoutEmpty).filter((part) => part !== undefined);
  return data.length > 0 ? { ...node, data } : undefined;
}
