import { Button, Drawer, Group } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { call } from "../../client/index.ts";
import type { Failure } from "../../client/types.ts";
import { useLibrary } from "../../state/library.ts";
import { useSession } from "../../state/session.ts";
import { openHelp, useWorkspace, workspace } from "../../state/workspace.ts";
import { FailureBanner } from "../failure-banner.tsx";
import { generalDocuments } from "./documents.ts";
import { headingAnchor } from "./heading-anchor.ts";
import { Markdown } from "./markdown.tsx";

interface Shown {
  readonly document: string;
  readonly markdown?: string;
  readonly failure?: Failure;
}

/** A drawer has opened after this time. */
const openedMs = 400;

/** The documents that ship with the program: general ones, and one for each method; a rule reference opens its section. */
export function HelpDrawer() {
  const help = useWorkspace((s) => s.help);
  const methodology = useSession((s) => s.methodology);
  const title = useLibrary((s) => s.methodologies.find(({ id }) => id === methodology)?.title ?? methodology);
  const [shown, setShown] = useState<Shown>();
  const content = useRef<HTMLDivElement>(null);
  const document = help?.document;
  const section = help?.section;

  useEffect(() => {
    if (document === undefined) return;
    let left = false;
    void call("document.get", { id: document }).then((answer) => {
      if (left) return;
      setShown(answer.ok ? { document, markdown: answer.value.markdown } : { document, failure: answer.failure });
    });
    return () => {
      left = true;
    };
  }, [document]);

  useEffect(() => {
    if (section === undefined || shown?.document !== document || shown?.markdown === undefined) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      const anchor = headingAnchor(`${section.replace(/^section-/, "")} `);
      const heading =
        content.current?.querySelector<HTMLElement>(`#${CSS.escape(anchor)}`) ??
        content.current?.querySelector<HTMLElement>(`[data-term="${CSS.escape(section)}"]`);
      heading?.setAttribute("tabindex", "-1");
      heading?.scrollIntoView({ block: "start" });
      heading?.focus({ preventScroll: true });
      // The drawer takes the focus for its first control when it has opened.
      timer = setTimeout(() => heading?.focus({ preventScroll: true }), openedMs);
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [section, document, shown]);

  return (
    <Drawer
      opened={help !== undefined}
      onClose={() => openHelp(undefined)}
      position="right"
      size="min(620px, 92vw)"
      title="Help"
      closeButtonProps={{ "aria-label": "Close help" }}
      overlayProps={{ backgroundOpacity: 0.15 }}
    >
      <Group gap={6} mb="sm">
        {generalDocuments.map(({ id, label }) => (
          <Button
            key={id}
            size="compact-sm"
            variant={document === id ? "light" : "default"}
            onClick={() => openHelp(id)}
          >
            {label}
          </Button>
        ))}
        <Button
          size="compact-sm"
          variant={document === `methodology/${methodology}` ? "light" : "default"}
          onClick={() => openHelp(`methodology/${methodology}`)}
        >
          {title}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            openHelp(undefined);
            workspace.getState().open("shortcuts");
          }}
        >
          Keyboard shortcuts
        </Button>
      </Group>
      <div ref={content}>
        {shown?.failure && shown.document === document && <FailureBanner failure={shown.failure} />}
        {shown?.markdown !== undefined && shown.document === document && (
          <Markdown text={shown.markdown} onDocument={(next, part) => openHelp(next, part)} />
        )}
      </div>
    </Drawer>
  );
}
