import { Modal } from "@mantine/core";
import { lazy, Suspense, useEffect } from "react";
import { useWorkspace, workspace } from "../../state/workspace.ts";
import { FilesStep } from "./files-step.tsx";
import styles from "./import-wizard.module.css";
import { useImport } from "./use-import.ts";

/** Its table of problems needs the grid, which the window's first paint should not wait for. */
const ReportStep = lazy(async () => ({ default: (await import("./report-step.tsx")).ReportStep }));

/** From files to a portfolio and a market: what each file is, how unknown columns map, what was kept and what not. */
export function ImportWizard() {
  const opened = useWorkspace((s) => s.overlay === "import");
  const dropped = useWorkspace((s) => s.files);
  const work = useImport();
  const { add, startOver, cancel, state } = work;

  useEffect(() => {
    if (dropped.length > 0) void add(dropped);
  }, [dropped, add]);

  const close = (): void => {
    cancel();
    startOver();
    workspace.getState().open(undefined);
  };

  return (
    <Modal
      opened={opened}
      onClose={close}
      title={state.outcome ? "Import: what was read" : "Import positions, markets, histories and parameter files"}
      size="min(980px, 95vw)"
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": "Close" }}
      classNames={{ body: styles.body ?? "" }}
    >
      {state.outcome ? (
        <Suspense>
          <ReportStep outcome={state.outcome} onMore={startOver} onDone={close} />
        </Suspense>
      ) : (
        <FilesStep work={work} onClose={close} />
      )}
    </Modal>
  );
}
