/** Asks what a value is without being hurt by it: a Proxy may throw even at that question. */
export function isA<T>(value: unknown, of: Function & { readonly prototype: T }): value is T {
  try {
    return value instanceof of;
  } catch {
    return false;
  }
}
