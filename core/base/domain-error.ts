/** A defect: a value outside the bounds its docstring states. Only `api/dispatch` catches it. */
export class DomainError extends Error {
  readonly offending: unknown;

  constructor(message: string, offending: unknown) {
    super(`${message}; found ${String(offending)}`);
    this.name = "DomainError";
    this.offending = offending;
  }
}
