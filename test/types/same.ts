/** Equality of types, to the letter: `same<A, B>(true)` compiles only when they are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

export function same<A, B>(_: Same<A, B>): void {}
