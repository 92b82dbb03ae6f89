import { beforeEach, describe, expect, it } from "vitest";
import { bindingProblem, comboFor, commandByCombo, setBinding } from "../../../renderer/app/command/bindings.ts";
import { allCommands } from "../../../renderer/app/command/commands.ts";
import { printOf, registerPrint } from "../../../renderer/app/command/focused-panel.ts";
import { comboOf, reservedCombos } from "../../../renderer/app/command/keys.ts";
import { parameterPointers } from "../../../renderer/app/command/parameter-pointers.ts";
import { progressText } from "../../../renderer/app/progress.tsx";
import { preferences } from "../../../renderer/state/preferences.ts";

const pressed = (key: string, held: Partial<KeyboardEvent> = {}): string =>
  comboOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

const command = (id: string) => {
  const found = allCommands().find((candidate) => candidate.id === id);
  if (!found) throw new Error(`no command ${id}`);
  return found;
};

beforeEach(() => preferences.setState({ bindings: {} }));

describe("keys", () => {
  it.each([
    [pressed("k", { ctrlKey: true }), "Mod+K"],
    [pressed("Z", { ctrlKey: true, shiftKey: true }), "Mod+Shift+Z"],
    [pressed("?", { shiftKey: true }), "?"],
    [pressed("F6", { shiftKey: true }), "Shift+F6"],
    [pressed("Enter", { ctrlKey: true, shiftKey: true }), "Mod+Shift+Enter"],
    [pressed("1", { altKey: true }), "Alt+1"],
    [pressed(",", { ctrlKey: true }), "Mod+,"],
  ])("are named %s", (combo, expected) => expect(combo).toBe(expected));
});

describe("commands", () => {
  it("have ids and default keys of their own, none of them reserved", () => {
    const all = allCommands();
    const keys = all.flatMap(({ keys: combo }) => (combo === undefined ? [] : [combo]));
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.filter((combo) => reservedCombos.has(combo))).toEqual([]);
  });

  it("have the keys of the conventions", () => {
    const wanted = {
      palette: "Mod+K",
      recalculate: "Mod+Enter",
      "recalculate-all": "Mod+Shift+Enter",
      find: "Mod+F",
      undo: "Mod+Z",
      redo: "Mod+Shift+Z",
      export: "Mod+E",
      settings: "Mod+,",
      shortcuts: "?",
      "next-region": "F6",
    };
    for (const [id, combo] of Object.entries(wanted)) expect(comboFor(command(id), {})).toBe(combo);
    expect(commandByCombo({}, "Mod+2")?.id).toBe("layout.Surface");
    expect(commandByCombo({}, "Alt+1")?.id).toBe("tab.1");
  });

  it("can be bound to other keys, and back", () => {
    setBinding(command("import"), "Mod+I");
    const { bindings } = preferences.getState();
    expect([commandByCombo(bindings, "Mod+I")?.id, commandByCombo(bindings, "Mod+O")]).toEqual(["import", undefined]);
    setBinding(command("import"), undefined);
    expect(commandByCombo(preferences.getState().bindings, "Mod+O")?.id).toBe("import");
  });

  it("tell of conflicts and reserved keys", () => {
    expect(bindingProblem({}, command("import"), "Mod+K")).toContain("Command palette");
    expect(bindingProblem({}, command("import"), "Mod+W")).toContain("belongs to the window");
    expect(bindingProblem({}, command("import"), "Mod+O")).toBeUndefined();
  });
});

describe("parameters in the palette", () => {
  it("are every single value by its pointer", () => {
    expect(parameterPointers({ a: { b: [1, 2] }, c: "x", d: null })).toEqual([
      { pointer: "/a/b/0", value: "1" },
      { pointer: "/a/b/1", value: "2" },
      { pointer: "/c", value: "x" },
      { pointer: "/d", value: "null" },
    ]);
  });
});

describe("progress", () => {
  it("says how far, how long, and after a tenth how much longer", () => {
    expect(progressText({ done: 500, total: 10_000, label: "scenarios" }, 2000)).toBe("scenarios 500 / 10,000 · 2 s");
    expect(progressText({ done: 2500, total: 10_000, label: "scenarios" }, 3000)).toBe(
      "scenarios 2,500 / 10,000 · 3 s · about 9 s left",
    );
    expect(progressText(undefined, 1500)).toBe("1 s");
  });
});

describe("printing a panel", () => {
  it("is its own page where it has one, and what every panel prints where it has not", () => {
    const printed: string[] = [];
    const actions = { print: () => printed.push("tables") };
    printOf("break-report", actions)();
    const [first, second] = [() => printed.push("report"), () => printed.push("other report")];
    const take = registerPrint("break-report", first);
    printOf("break-report", actions)();
    printOf("break-report~2", actions)();
    const takeSecond = registerPrint("break-report", second);
    take();
    printOf("break-report", actions)();
    takeSecond();
    printOf("break-report", actions)();
    printOf("nothing", undefined)();
    expect(printed).toEqual(["tables", "report", "tables", "other report", "tables"]);
  });
});
