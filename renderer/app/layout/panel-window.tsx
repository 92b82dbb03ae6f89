import { MantineThemeProvider } from "@mantine/core";
import type { DockviewPanelApi } from "dockview-react";
import { type ReactNode, useEffect, useState } from "react";

/** Menus and pop-overs of a panel open in the window the panel stands in. */
export function PanelWindow({ api, children }: { readonly api: DockviewPanelApi; readonly children: ReactNode }) {
  const [target, setTarget] = useState<HTMLElement>();
  useEffect(() => {
    const follow = (): void => {
      const { document: page } = api.getWindow();
      setTarget(page === document ? undefined : portalOf(page));
    };
    follow();
    const listening = api.onDidLocationChange(follow);
    return () => listening.dispose();
  }, [api]);
  return (
    <MantineThemeProvider theme={target ? { components: { Portal: { defaultProps: { target } } } } : noChange} inherit>
      {children}
    </MantineThemeProvider>
  );
}

const noChange = {};

/** Where menus of a window stand. */
export function portalOf(page: Document): HTMLElement {
  const found = page.querySelector<HTMLElement>("body > [data-portal=true]");
  if (found) return found;
  const made = page.createElement("div");
  made.dataset.portal = "true";
  page.body.append(made);
  return made;
}
