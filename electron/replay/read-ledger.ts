import { readFileSync } from 'node:fs'
import { ledgerEntry, type LedgerEntry } from '../../shared/contract/replay.ts'

/** The latest first. */
export function readLedger(file: string): { readonly entries: readonly LedgerEntry[]; readonly unreadable: number } {
  const entries = new Map<string, object>()
  let unreadable = 0
  for (const line of textOf(file).split('\n')) {
    if (line === '') continue
    const note = parse(line)
    if (note === undefined) unreadable++
    else entries.set(note.send, { outcome: 'begun', ...entries.get(note.send), ...note })
  }
  const read = [...entries.values()].flatMap(entry => {
    const checked = ledgerEntry.safeParse(entry)
    if (!checked.success) unreadable++
    return checked.success ? [checked.data] : []
  })
  return { entries: read.toReversed(), unreadable }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}

function parse(line: string): { readonly send: string } | undefined {
  try {
    const read: unknown = JSON.parse(line)
    const isNote = typeof read === 'object' && read !== null && 'send' in read && typeof read.send === 'string'
    return isNote ? (read as { send: string }) : undefined
  } catch {
    return undefined
  }
}
