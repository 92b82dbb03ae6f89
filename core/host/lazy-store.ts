import type { Store } from "../api/ports.ts";

/** A store that opens at its first use, so that calls that need no library leave no file behind. */
export function lazyStore<S extends Store & { readonly close: () => void }>(
  open: () => S,
): { readonly store: Store; readonly close: () => void } {
  let opened: S | undefined;
  const get = (): S => {
    opened ??= open();
    return opened;
  };
  const store: Store = {
    get portfolios() {
      return get().portfolios;
    },
    get markets() {
      return get().markets;
    },
    get scenarioSets() {
      return get().scenarioSets;
    },
    get overrides() {
      return get().overrides;
    },
    get mappings() {
      return get().mappings;
    },
    get runs() {
      return get().runs;
    },
    get breakReports() {
      return get().breakReports;
    },
    get histories() {
      return get().histories;
    },
    get panels() {
      return get().panels;
    },
    get parameterFiles() {
      return get().parameterFiles;
    },
    get backtests() {
      return get().backtests;
    },
    get stressSets() {
      return get().stressSets;
    },
    get settings() {
      return get().settings;
    },
    get recent() {
      return get().recent;
    },
    info: () => get().info(),
    export: () => get().export(),
    import: (bytes) => get().import(bytes),
  };
  return {
    store,
    close: () => {
      opened?.close();
      opened = undefined;
    },
  };
}
