import type { ListValue } from '../../../shared/contract/lists.ts'
import { nanoToDecimal } from '../../../shared/domain/numbers.ts'
import { columnType, readColumn } from '../../../shared/query/list-columns.ts'
import { usageError, type Words } from './command.ts'

/** The fields that follow --by, each once. */
export function fieldsOf(words: Words, most: number, otherwise: readonly string[]): string[] {
  const written = words.text('by')
  if (written === undefined) return [...otherwise]
  const by = written.split(',').map(name => name.trim())
  if (by.includes('')) throw usageError('--by takes names of fields with commas between them.')
  if (new Set(by).size < by.length) throw usageError('--by takes each field once.')
  if (by.length > most) throw usageError(`--by takes ${most} fields at most.`)
  return by
}

type Key = readonly (ListValue | null)[]

/** Keys of rows as they are written: money in dollars, lengths of time in milliseconds, times in UTC. */
export function writtenKey(by: readonly string[], key: Key): Key {
  return key.map((value, k) => {
    const column = typeof value === 'number' ? readColumn((by[k] ?? '').replace(/^(root|parent)\./, '')) : undefined
    if (typeof value !== 'number' || !column) return value
    const type = columnType(column)
    if (type === 'money') return nanoToDecimal(Math.round(value))
    if (type === 'duration') return value / 1000
    const isTime = type === 'time' && Math.abs(value / 1000) <= 8.64e15
    return isTime ? new Date(value / 1000).toISOString() : value
  })
}
