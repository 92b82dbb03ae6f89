interface ParameterPointer {
  /** JSON pointer. */
  readonly pointer: string;
  readonly value: string;
}

/** Every single value of a parameter set by its JSON pointer. */
export function parameterPointers(parameters: unknown, prefix = ""): ParameterPointer[] {
  if (typeof parameters !== "object" || parameters === null) {
    return prefix === "" ? [] : [{ pointer: prefix, value: String(parameters) }];
  }
  return Object.entries(parameters).flatMap(([name, value]) => parameterPointers(value, `${prefix}/${name}`));
}
