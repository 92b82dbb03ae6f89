/** Path of Electron's binary; `undefined` when it is not on this machine. */
export function electronBinary(): string | undefined;
