import { CommandPalette, FindEverywhere } from "./command/command-palette.tsx";
import { useShortcuts } from "./command/use-shortcuts.ts";
import { CombineDialog } from "./dialog/combine-dialog.tsx";
import { SaveDialogs } from "./dialog/save-dialogs.tsx";
import { SettingsDialog } from "./dialog/settings-dialog.tsx";
import { ShortcutsDialog } from "./dialog/shortcuts-dialog.tsx";
import { CellMenu } from "./help/cell-menu.tsx";
import { HelpDrawer } from "./help/help-drawer.tsx";
import { HelpMode } from "./help/help-mode.tsx";
import { DropTarget } from "./import/drop-target.tsx";
import { ImportWizard } from "./import/import-wizard.tsx";
import { Dock } from "./layout/dock.tsx";
import { LiveRegion } from "./live-region.tsx";
import { NoticeBar } from "./notice-bar.tsx";
import styles from "./shell.module.css";
import { SummaryStrip } from "./summary-strip.tsx";
import { TopBar } from "./topbar/top-bar.tsx";

/** The window: bar, summary, docked panels, and what lies over them. */
export function Shell() {
  useShortcuts();
  return (
    <div className={styles.shell}>
      <TopBar />
      <NoticeBar />
      <SummaryStrip />
      <main className={styles.main} aria-label="Panels">
        <Dock />
      </main>
      <LiveRegion />
      <DropTarget />
      <ImportWizard />
      <HelpDrawer />
      <HelpMode />
      <CellMenu />
      <SettingsDialog />
      <ShortcutsDialog />
      <SaveDialogs />
      <CombineDialog />
      <CommandPalette />
      <FindEverywhere />
    </div>
  );
}
