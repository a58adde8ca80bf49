import { nanoToDecimal } from '../domain/numbers.ts'
import type { Nanoseconds } from '../domain/units.ts'
import { formatDollars } from '../format/numbers.ts'
import { clauseFor } from './edit.ts'
import type { FieldRef } from './fields.ts'
import { columnType, readColumn, type ColumnType } from './list-columns.ts'
import { printField } from './print.ts'

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
  return type === 'time' ? (isoTime(nanosecondsOf(value))?.replace(/(?:000){1,2}Z$/, 'Z') ?? value) : value
}

/** The same for a reader, with its unit. No digit is lost: two rows are never called the same. */
export function readableNumber(name: string, value: number): string {
  const type = typeOf(name)
  const written = String(writtenNumber(type, value))
  return type === 'money' ? formatDollars(written) : type === 'duration' ? `${written} ms` : written
}

/** Nanoseconds around a point of time that are one number with it: of our days a double of microseconds holds quarters. */
const half = 125n

/** The clause that asks for just this number. Undefined where the language has no words for it: for less than no time. */
export function clauseOfNumber(name: string, field: FieldRef, value: number): string | undefined {
  const type = typeOf(name)
  if (type === 'money') return clauseFor(field, nanoToDecimal(Math.round(value)))
  if (type === 'duration') return value < 0 ? undefined : clauseFor(field, `${Math.round(value * 1000)}ns`)
  if (type !== 'time') return clauseFor(field, String(value))
  const ns = nanosecondsOf(value)
  const [from, to] = [isoTime(ns - half), isoTime(ns + half)]
  return from === undefined || to === undefined ? undefined : `${printField(field)}:"${from}".."${to}"`
}

function nanosecondsOf(us: number): Nanoseconds {
  const whole = Math.floor(us)
  return BigInt(whole) * 1000n + BigInt(Math.round((us - whole) * 1000))
}

/** Nine digits after the second; undefined for what no calendar has. */
function isoTime(ns: Nanoseconds): string | undefined {
  const second = 1_000_000_000n
  const rest = ((ns % second) + second) % second
  const milliseconds = Number((ns - rest) / 1_000_000n)
  if (!(Math.abs(milliseconds) <= 8.64e15)) return undefined
  return `${new Date(milliseconds).toISOString().slice(0, -5)}.${String(rest).padStart(9, '0')}Z`
}
