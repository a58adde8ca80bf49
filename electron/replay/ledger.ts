import { appendFileSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import type { LedgerEntry } from '../../shared/contract/replay.ts'

/** What is known before anything leaves, and what is known when it is over. */
export type Begun = Omit<LedgerEntry, 'bytesOut' | 'bytesIn' | 'httpStatus' | 'outcome' | 'duration'>
export type Ended = Pick<LedgerEntry, 'send' | 'bytesOut' | 'bytesIn' | 'httpStatus' | 'outcome' | 'duration'>

/** One file for the machine, whichever store a request came from. */
export function ledgerFile(folder: string): string {
  return path.join(folder, 'egress.jsonl')
}

/** Two lines a request, so that one whose end nobody noted is there too. Throws where nothing can be written. */
export function noteInLedger(file: string, entry: Begun | Ended): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  appendFileSync(file, `${JSON.stringify(entry)}\n`, { mode: 0o600 })
}
