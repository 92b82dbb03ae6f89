import "@mantine/core/styles.css";
import "@mantine/spotlight/styles.css";
import "@mantine/notifications/styles.css";
import "dockview-react/dist/styles/dockview.css";
import "./theme/tokens.css";
import "./theme/global.css";
import "./theme/dockview.css";
import { createRoot } from "react-dom/client";
import { followShell } from "../client/shell.ts";
import { libraryStore } from "../state/library.ts";
import { startLinks } from "../state/links.ts";
import { startTicket } from "../state/stored-ticket.ts";
import { workspace } from "../state/workspace.ts";
import { App } from "./app.tsx";
import { runCommand } from "./command/bindings.ts";
import { followEdits } from "./edit-notices.ts";
import { followJobs } from "./job-notices.ts";
import { startPreferences } from "./theme/apply.ts";

/** Puts the workstation on the page. */
export async function show(): Promise<void> {
  await Promise.all([startPreferences(), startLinks(), startTicket()]);
  const root = document.getElementById("root");
  if (root) createRoot(root).render(<App />);
  followJobs();
  followEdits();
  followShell(runCommand, (files) => workspace.getState().importFiles(files));
  void libraryStore.getState().refresh();
}
