/** The value of a header of a request: what it says, and the variable of the environment whose value follows. */
export function partsOf(value: string): { readonly before: string; readonly variable?: string } {
  const found = /\$([A-Za-z_][A-Za-z0-9_]*)$/.exec(value)
  return found ? { before: value.slice(0, found.index), variable: found[1]! } : { before: value }
}
