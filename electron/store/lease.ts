import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { locked } from './errors.ts'
import type { Store } from './open.ts'
import { isRunning } from './running.ts'

interface Holder {
  readonly token: string
  readonly pid: number
  readonly host: string
  /** Milliseconds since 1970. */
  readonly at: number
}

/** A holder that gave no sign of life for so long has lost its lease, even if some process bears its number. */
const silentFor = 10 * 60_000
const renewAfter = 5_000
const heldHere = new Set<string>()

/**
 * The right to import into a store or to remove from it. SQLite's own lock ends with each transaction, but ids of records
 * and bodies are given for a whole import. Kept in the store: a process that dies leaves a lease nobody answers for, and
 * the next one takes it over. Whoever lost it finds out before its next transaction writes anything.
 */
export class Lease {
  private readonly store: Store
  private readonly token = randomUUID()
  private renewed = 0

  constructor(store: Store) {
    this.store = store
  }

  /** Call first in a transaction. Throws `store/locked` while another import lives. */
  take(): void {
    const holder = holderOf(this.store)
    if (holder && holder.token !== this.token && isAlive(holder)) throw locked(this.store.path)
    this.sign()
  }

  /** Call first in every later transaction. */
  keep(): void {
    if (holderOf(this.store)?.token !== this.token) throw locked(this.store.path)
    if (Date.now() - this.renewed > renewAfter) this.sign()
  }

  release(): void {
    heldHere.delete(this.token)
    if (holderOf(this.store)?.token === this.token) this.store.query('lease-release').run()
  }

  private sign(): void {
    this.renewed = Date.now()
    heldHere.add(this.token)
    const holder: Holder = { token: this.token, pid: process.pid, host: hostname(), at: this.renewed }
    this.store.query<[string], unknown>('lease-take').run(JSON.stringify(holder))
  }
}

/** Whether an import or a removal is at work on a store, in this process or another. */
export function isBeingWritten(store: Store): boolean {
  const holder = holderOf(store)
  return holder !== undefined && isAlive(holder)
}

function holderOf(store: Store): Holder | undefined {
  const row = store.query<[], { value: string }>('lease').get()
  if (!row) return undefined
  try {
    return JSON.parse(row.value) as Holder
  } catch {
    return undefined
  }
}

function isAlive({ token, pid, host, at }: Holder): boolean {
  if (Date.now() - at > silentFor) return false
  // On another machine (a shared folder) a process cannot be asked.
  if (host !== hostname()) return true
  if (pid === process.pid) return heldHere.has(token)
  return isRunning(pid)
}
