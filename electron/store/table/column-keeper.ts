import type { Store } from '../open.ts'
import { areComputed, fewestKept, keepColumns, followersMade } from './kept-columns.ts'
import { currentTable, type KeptBeside, type Table } from './table.ts'

/** Milliseconds without a question before columns are written. */
const quiet = 500

/** A store that grew by less is read from the columns that were kept and what came since. */
const growth = 1.1

/**
 * Keeps the columns of a large store in a file beside it, once somebody waited for them: whoever opens the store next reads
 * them in a twentieth of the time. A folder that cannot be written keeps none.
 */
export class ColumnKeeper {
  private readonly store: Store
  private timer: NodeJS.Timeout | undefined
  private writing: Promise<void> | undefined
  private written: KeptBeside | undefined

  constructor(store: Store) {
    this.store = store
  }

  /** Somebody was answered: the columns may be worth keeping, when nobody asks any more. */
  soon(): void {
    clearTimeout(this.timer)
    if (this.writing || !this.due()) return
    this.timer = setTimeout(() => void this.write(), quiet).unref()
  }

  /** Finishes what was begun, and writes what a command that asked once leaves to the next. */
  async close(): Promise<void> {
    clearTimeout(this.timer)
    await (this.writing ?? this.write())
  }

  private due(): Table | undefined {
    const { store } = this
    if (!store.db.open || store.readOnly || store.path === ':memory:') return undefined
    const table = currentTable(store)
    if (!table || table.rows < fewestKept || table.state.importing) return undefined
    const kept = this.written ?? table.parts.kept
    const hasCosts = !areComputed(table) || kept?.book === table.state.book
    const hasFollowers = followersMade(table).every(name => kept?.followers.includes(name))
    return kept && hasCosts && hasFollowers && table.rows <= kept.rows * growth ? undefined : table
  }

  private async write(): Promise<void> {
    const table = this.due()
    if (!table) return
    const { rows, state } = table
    const book = areComputed(table) ? state.book : undefined
    const followers = followersMade(table)
    this.writing = keepColumns(table)
    // Who may not write beside the store reads its rows every time.
    await this.writing.catch(() => {})
    this.writing = undefined
    this.written = { rows, book, followers }
  }
}
