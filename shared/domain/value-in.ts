/**
 * `object[name]`, for loops over the names. V8 (13.6) reads `object[name]` of a `for (const name in object)` in a way that
 * leaves no trace of what it met there, and so throws optimised code away again at every turn: 3,000 times in an import of
 * 780,000 spans, which kept its helper threads busy for 1.3 s.
 */
export function valueIn<T>(object: { readonly [name: string]: T }, name: string): T | undefined {
  return object[name]
}
