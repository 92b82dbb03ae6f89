/** The windows of the workstation: the main one, and those that panels were popped out to. They share one program. */
const popouts = new Set<Window>();

/** Documents of all windows, the main one first. */
export function allDocuments(): readonly Document[] {
  return [document, ...[...popouts].filter(({ closed }) => !closed).map((popout) => popout.document)];
}

/** The document the user works in: the one of the window that has the focus. */
export function activeDocument(): Document {
  return allDocuments().find((candidate) => candidate.hasFocus()) ?? document;
}

/** The frame of an open panel, in whichever window it stands. */
export function panelElement(id: string): HTMLElement | undefined {
  for (const candidate of allDocuments()) {
    const found = candidate.querySelector<HTMLElement>(`[data-panel="${CSS.escape(id)}"]`);
    if (found) return found;
  }
  return undefined;
}

type Follow = (window: Window) => () => void;
const followers = new Set<Follow>();

/** Does something with every window, now and when one opens, e.g. listens to its keys; `follow` answers what ends it. */
export function followWindows(follow: Follow): () => void {
  const ends = new Map<Window, () => void>();
  const begin: Follow = (opened) => {
    const end = follow(opened);
    ends.set(opened, end);
    return () => {
      end();
      ends.delete(opened);
    };
  };
  begin(window);
  for (const popout of popouts) begin(popout);
  followers.add(begin);
  return () => {
    followers.delete(begin);
    for (const end of ends.values()) end();
  };
}

/** A panel was popped out to a window; the answer is called when it closes. */
export function addWindow(popout: Window): () => void {
  popouts.add(popout);
  const ends = [...followers].map((follow) => follow(popout));
  return () => {
    popouts.delete(popout);
    for (const end of ends) end();
  };
}
