import type { ImportRow } from '../../shared/contract/imports.ts'
import { importStates, type ImportReceipt } from '../../shared/domain/receipt.ts'
import { groupAnswers } from './answers.ts'
import { isBeingWritten } from './lease.ts'
import type { Store } from './open.ts'

interface StoredImport {
  readonly id: number
  readonly state: string
  readonly started: number
  readonly spans: number
  readonly traces: number
  readonly unreadable: number
  readonly receipt: string | null
}

/** Every import, newest first; answers of a run as one. One that says it is running while nobody writes was interrupted: partial. */
export function listImports(store: Store): ImportRow[] {
  return store.snapshot(() => {
    const isRunning = isBeingWritten(store)
    const rows = store
      .query<[], StoredImport>('imports')
      .all()
      .map(row => {
        const paths = importPaths(store, row.id)
        const said = importStates.find(state => state === row.state) ?? 'failed'
        const receipt = parseReceipt(row.receipt)
        const ended = said === 'complete' && receipt?.outcome === 'failed' ? 'failed' : said
        const state = ended === 'running' && !isRunning ? 'partial' : ended
        const listed: ImportRow = {
          id: row.id,
          files: paths.map(path => path.split(/[\\/]/).at(-1)!),
          state,
          startedAt: row.started,
          spans: row.spans,
          traces: row.traces,
          unreadable: row.unreadable,
          canContinue: state === 'partial' && paths.length > 0 && paths.every(path => /[\\/]/.test(path)),
          ...(receipt ? { receipt } : {}),
        }
        return { row: listed, paths }
      })
    return groupAnswers(rows)
  })
}

/** The paths an import was given, to read them again; an upload has a name only. */
export function importPaths(store: Store, id: number): string[] {
  return store
    .query<[number], { path: string }>('import-files')
    .all(id)
    .map(row => row.path)
}

function parseReceipt(text: string | null): ImportReceipt | undefined {
  try {
    const receipt = text === null ? undefined : (JSON.parse(text) as ImportReceipt)
    return receipt?.totals ? receipt : undefined
  } catch {
    return undefined
  }
}
