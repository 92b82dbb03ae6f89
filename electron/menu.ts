import { app, Menu, type MenuItemConstructorOptions } from "electron";
import type { Core } from "../core/host/core.ts";
import type { ShellCommands } from "./shell-commands.ts";

/** Sets the application menu, with the library's recent files. */
export async function showMenu(core: Core, commands: ShellCommands): Promise<void> {
  const answer = await core.call({ operation: "recent.list", input: {} });
  const recent = answer.ok ? (answer.value as readonly { readonly path: string; readonly name: string }[]) : [];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template(core, commands, recent)));
}

function template(
  core: Core,
  commands: ShellCommands,
  recent: readonly { readonly path: string; readonly name: string }[],
): MenuItemConstructorOptions[] {
  // The page handles its keys itself and lets the user change them: here they are shown, not registered.
  const command = (label: string, id: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    ...(accelerator !== undefined && { accelerator, registerAccelerator: false }),
    click: () => commands.send({ kind: "command", id }),
  });
  const separator: MenuItemConstructorOptions = { type: "separator" };
  const recentItems = recent.map(
    ({ path, name }): MenuItemConstructorOptions => ({
      label: name,
      toolTip: path,
      click: () => commands.send({ kind: "files", paths: [path] }),
    }),
  );
  const clearRecent = (): void => {
    void core.call({ operation: "recent.clear", input: {} }).then(() => showMenu(core, commands));
  };
  return [
    ...(process.platform === "darwin" ? [{ role: "appMenu" } as const] : []),
    {
      label: "&File",
      submenu: [
        command("Import files…", "import", "CmdOrCtrl+O"),
        {
          label: "Open recent",
          enabled: recent.length > 0,
          submenu: [...recentItems, separator, { label: "Forget recent files", click: clearRecent }],
        },
        separator,
        command("Save run…", "save-run", "CmdOrCtrl+S"),
        command("Export panel as CSV…", "export", "CmdOrCtrl+E"),
        command("Export panel as Excel…", "export-excel", "CmdOrCtrl+Shift+E"),
        command("Print panel…", "print", "CmdOrCtrl+P"),
        separator,
        command("Settings…", "settings", "CmdOrCtrl+,"),
        separator,
        process.platform === "darwin" ? { role: "close" } : { role: "quit" },
      ],
    },
    {
      label: "&Edit",
      submenu: [
        command("Undo", "undo", "CmdOrCtrl+Z"),
        command("Redo", "redo", "CmdOrCtrl+Shift+Z"),
        separator,
        ...(["cut", "copy", "paste", "selectAll"] as const).map((role) => ({ role })),
        separator,
        command("Find in panel", "find", "CmdOrCtrl+F"),
        command("Find everywhere…", "find-everywhere", "CmdOrCtrl+Shift+F"),
      ],
    },
    {
      label: "&View",
      submenu: [
        command("Command palette…", "palette", "CmdOrCtrl+K"),
        separator,
        command("Light theme", "theme.light"),
        command("Dark theme", "theme.dark"),
        command("High contrast", "theme.contrast"),
        command("As the system", "theme.system"),
        separator,
        command("Pop panel out to a window", "pop-out", "CmdOrCtrl+Shift+O"),
        command("Reset layout", "reset-layout"),
        separator,
        ...(["resetZoom", "zoomIn", "zoomOut", "togglefullscreen"] as const).map((role) => ({ role })),
        ...(app.isPackaged ? [] : [separator, { role: "toggleDevTools" } as const]),
      ],
    },
    {
      label: "&Run",
      submenu: [
        command("Recalculate", "recalculate", "CmdOrCtrl+Enter"),
        command("Show jobs", "jobs", "CmdOrCtrl+J"),
        command("Cancel running jobs", "cancel-jobs"),
      ],
    },
    {
      label: "&Help",
      submenu: [
        command("Panels, keys, files", "help-workstation"),
        command("What is this?", "help-mode", "Shift+F1"),
        command("Glossary and conventions", "glossary", "F1"),
        command("Files that are read", "formats"),
        command("The revaluation engine", "engine"),
        command("Keyboard shortcuts", "shortcuts"),
        ...(process.platform === "darwin" ? [] : [{ role: "about" } as const]),
      ],
    },
  ];
}
