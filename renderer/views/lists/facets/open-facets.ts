const key = 'spanwise.facets'
const usual: readonly string[] = ['kind', 'status', 'model', 'prompt.version', 'environment', 'tag', 'service']

export function readOpenFacets(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
    if (Array.isArray(kept)) return kept.filter(one => typeof one === 'string')
  } catch {
    // No storage, or not ours: the usual ones.
  }
  return usual
}

export function keepOpenFacets(open: readonly string[]): void {
  try {
    localStorage.setItem(key, JSON.stringify(open))
  } catch {
    // It lasts as long as the drawer.
  }
}
