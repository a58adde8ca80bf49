import { kept as storage } from '../../../state/kept.ts'

const key = 'spanwise.facets'
const usual: readonly string[] = ['kind', 'status', 'model', 'prompt.version', 'environment', 'tag', 'service']

export function readOpenFacets(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(key) ?? 'null')
    if (Array.isArray(kept)) return kept.filter(one => typeof one === 'string')
  } catch {
    // Not ours: the usual ones.
  }
  return usual
}

export function keepOpenFacets(open: readonly string[]): void {
  storage.setItem(key, JSON.stringify(open))
}
