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
