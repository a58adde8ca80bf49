import { nanoToDecimal } from '../domain/numbers.ts'
import { formatDollars } from '../format/numbers.ts'
import { columnType, readColumn, type ColumnType } from './list-columns.ts'

// Numbers by which something is split, as a reader, a file and a query have them: inside they are nano-dollars and microseconds.

type Value = string | number | null

/** Of the field itself, whoever of a call, its parent and its root says it. */
function typeOf(name: string): ColumnType | undefined {
  const column = readColumn(name.replace(/^(root|parent)\./, ''))
  return column && columnType(column)
}

/** Keys of rows for a file or a terminal: money in dollars, lengths of time in milliseconds, times in UTC. */
export function writtenKey(by: readonly string[], key: readonly Value[]): Value[] {
  return key.map((value, k) => (typeof value === 'number' ? writtenNumber(typeOf(by[k] ?? ''), value) : value))
}

function writtenNumber(type: ColumnType | undefined, value: number): string | number {
  if (type === 'money') return nanoToDecimal(Math.round(value))
  if (type === 'duration') return value / 1000
  return type === 'time' ? (isoTime(value)?.replace(/(?:000){1,2}Z$/, 'Z') ?? value) : value
}

/** The same for a reader, with its unit. No digit is lost: two rows are never called the same. */
export function readableNumber(name: string, value: number): string {
  const type = typeOf(name)
  const written = String(writtenNumber(type, value))
  return type === 'money' ? formatDollars(written) : type === 'duration' ? `${written} ms` : written
}

/** The same in a query. Undefined where it has no words: for less than no time, and for less than a microsecond of a day. */
export function queriedNumber(name: string, value: number): string | undefined {
  const type = typeOf(name)
  if (type === 'money') return nanoToDecimal(Math.round(value))
  if (type === 'duration') return value < 0 ? undefined : `${Math.round(value * 1000)}ns`
  if (type === 'time') return Number.isInteger(value) ? isoTime(value) : undefined
  return String(value)
}

/** Of microseconds since 1970, nine digits after the second; undefined for what no calendar has. */
function isoTime(us: number): string | undefined {
  const seconds = Math.floor(us / 1e6)
  if (!(Math.abs(seconds) <= 8.64e12)) return undefined
  const nano = Math.min(999_999_999, Math.round((us - seconds * 1e6) * 1000))
  return `${new Date(seconds * 1000).toISOString().slice(0, -5)}.${String(nano).padStart(9, '0')}Z`
}
