import type { Statement } from 'better-sqlite3'
import type { Store } from './open.ts'

export type Cell = number | string | Buffer | null

/** Rows per statement: ten take 0.79 of the time of one, fifty 0.77. */
const rowsPerStatement = 10

/** Inserts rows of one table, ten a statement. */
export class RowWriter {
  private readonly ten: Statement<Cell[]>
  private readonly one: Statement<Cell[]>
  private readonly width: number
  private readonly waiting: Cell[]
  private used = 0

  /** `columns`: their names with spaces between. */
  constructor(store: Store, table: string, columns: string) {
    const names = columns.split(' ')
    const row = `(${names.map(() => '?').join(', ')})`
    const insert = (rows: number) =>
      `INSERT INTO ${table}(${names.join(', ')}) VALUES ${Array(rows).fill(row).join(', ')}`
    this.width = names.length
    this.waiting = Array<Cell>(names.length * rowsPerStatement).fill(null)
    this.ten = store.statement<Cell[], unknown>(insert(rowsPerStatement))
    this.one = store.statement<Cell[], unknown>(insert(1))
  }

  /** Cells in the order of the columns. Integers must be safe ones: see `whole`. */
  add(...cells: Cell[]): void {
    const { waiting } = this
    for (let i = 0; i < this.width; i++) waiting[this.used + i] = cells[i]!
    this.used += this.width
    if (this.used < waiting.length) return
    // As arguments, not as one array: a quarter faster.
    this.ten.run(...waiting)
    this.used = 0
  }

  flush(): void {
    for (let at = 0; at < this.used; at += this.width) this.one.run(...this.waiting.slice(at, at + this.width))
    this.used = 0
  }

  /** Forgets what was not written. */
  clear(): void {
    this.used = 0
  }
}

/** A number as an INTEGER column takes it: NULL for NaN and for what a double does not hold exactly. */
export function whole(value: number): number | null {
  const rounded = Math.round(value)
  return Number.isSafeInteger(rounded) ? rounded : null
}

/** As an INTEGER column will hold it, so that what is derived now equals what is derived from the store later. */
export function exact(value: number): number {
  return whole(value) ?? Number.NaN
}
