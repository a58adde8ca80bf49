import type { FieldMapping } from '../../shared/domain/mapping.ts'
import { guarded } from './errors.ts'
import type { Store } from './open.ts'

export interface RememberedMapping {
  readonly fingerprint: string
  readonly mapping: FieldMapping
  /** Milliseconds since 1970. */
  readonly savedAt: number
}

/** What persons said of rows of no known format, the latest first. One that this build cannot read is left out. */
export async function listMappings(store: Store): Promise<RememberedMapping[]> {
  const rows = store.query<[], { fingerprint: string; mapping: string; saved: number }>('mappings').all()
  if (rows.length === 0) return []
  // Few stores remember any; without schemas an import starts a tenth sooner.
  const { fieldMapping } = await import('../../shared/contract/imports.ts')
  return rows.flatMap(({ fingerprint, mapping, saved }) => {
    const read = fieldMapping.safeParse(parse(mapping)).data as FieldMapping | undefined
    return read ? [{ fingerprint, mapping: read, savedAt: saved }] : []
  })
}

export function saveMapping(store: Store, fingerprint: string, mapping: FieldMapping): void {
  const save = store.query<[string, string, number], unknown>('mapping-save')
  guarded(store.path, () => save.run(fingerprint, JSON.stringify(mapping), Date.now()))
}

export function forgetMapping(store: Store, fingerprint: string): void {
  guarded(store.path, () => store.query<[string], unknown>('mapping-forget').run(fingerprint))
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
