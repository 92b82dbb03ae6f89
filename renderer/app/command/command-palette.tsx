import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from "@mantine/spotlight";
import { useMemo } from "react";
import { openPanel, useLayout } from "../../state/layout.ts";
import { useLibrary } from "../../state/library.ts";
import { selection } from "../../state/selection.ts";
import { session, useSession } from "../../state/session.ts";
import { Icon } from "../icon.tsx";
import { panels } from "../panel-registry.ts";
import { type Bindings, comboFor, useShortcutBindings } from "./bindings.ts";
import { type Command, commands, layoutCommands } from "./commands.ts";
import { keyCaps } from "./keys.ts";
import { palette, paletteStore } from "./palette-store.ts";
import { parameterPointers } from "./parameter-pointers.ts";

/** Everything by name: actions, panels, portfolios, markets, methodologies, instruments, parameters. */
export function CommandPalette() {
  const bindings = useShortcutBindings();
  const names = useLayout((s) => s.names);
  const { portfolios, markets, histories, methodologies } = useLibrary((s) => s);
  const result = useSession((s) => s.result);

  const actions = useMemo<SpotlightActionGroupData[]>(() => {
    const layouts = names.length > 0 ? layoutCommands() : [];
    return [
      {
        group: "Actions",
        actions: [...commands, ...layouts]
          .filter(({ id }) => id !== "palette")
          .map((command) => commandAction(command, bindings)),
      },
      {
        group: "Panels",
        actions: [...panels.values()].map(({ id, title, description }) =>
          action(`panel ${id}`, `Open ${title}`, description, () => openPanel(id)),
        ),
      },
      {
        group: "Portfolios",
        actions: [
          action("portfolio sample", "Sample portfolio and market", "Synthetic, ships with the program", () =>
            session.getState().choose({ portfolio: { sample: true }, market: { sample: true } }),
          ),
          ...portfolios.map(({ id, name, note }) =>
            action(`portfolio ${id}`, name, note, () => session.getState().choosePortfolio({ id, name })),
          ),
        ],
      },
      {
        group: "Markets",
        actions: markets.map(({ id, name, note }) =>
          action(`market ${id}`, name, note, () => session.getState().chooseMarket({ id, name })),
        ),
      },
      {
        group: "Histories",
        actions: histories.map(({ id, name, note }) =>
          action(`history ${id}`, name, note, () => session.getState().chooseHistory({ id, name })),
        ),
      },
      {
        group: "Methodologies",
        actions: methodologies.map(({ id, title, accuracy }) =>
          action(`methodology ${id}`, title, `${id} · at best ${accuracy}`, () =>
            session.getState().selectMethodology(id),
          ),
        ),
      },
      {
        group: "Instruments",
        actions: (result?.positions ?? []).map(({ id, symbol, quantity, quantityUnit }) =>
          action(`position ${id}`, symbol, `${quantity} ${quantityUnit}`, () => {
            selection.getState().selectPositions([id]);
            openPanel("positions");
          }),
        ),
      },
      {
        group: "Parameters",
        actions: (result ? parameterPointers(result.rules.parameters) : []).map(({ pointer, value }) =>
          action(`parameter ${pointer}`, pointer, value, () => {
            selection.getState().selectParameter(pointer);
            openPanel("parameters");
          }),
        ),
      },
    ].filter((group) => group.actions.length > 0);
  }, [bindings, names, portfolios, markets, histories, methodologies, result]);

  return (
    <Spotlight
      store={paletteStore}
      actions={actions}
      shortcut={null}
      limit={40}
      maxHeight={440}
      scrollable
      highlightQuery
      overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
      nothingFound="Nothing found"
      searchProps={{
        leftSection: <Icon name="search" />,
        placeholder: "Actions, panels, portfolios, methods, instruments, parameters",
        "aria-label": "Find a command",
      }}
      onSpotlightClose={() => palette.close()}
    />
  );
}

function action(id: string, label: string, description: string, onClick: () => void): SpotlightActionData {
  return { id, label, description, onClick };
}

function commandAction(command: Command, bindings: Bindings): SpotlightActionData {
  const combo = comboFor(command, bindings);
  return {
    id: `command ${command.id}`,
    label: command.title,
    keywords: [command.group, command.id],
    onClick: command.run,
    ...(combo !== undefined && { rightSection: <kbd>{keyCaps(combo).join(" ")}</kbd> }),
  };
}
