declare const brand: unique symbol;

/** A type told apart from its base by a unique name; the name exists for the compiler only. */
export type Brand<T, UniqueName extends string> = T & { readonly [brand]: UniqueName };
