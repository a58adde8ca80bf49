import type { Attributes } from '../domain/raw-span.ts'
import { parseJson } from './json-text.ts'
import { isDeferred, type Written } from './values.ts'

// Messages counted while importing, when most texts are cut out and reading one is the expense.

/** Messages in a value: of a list its length, of any other text one. Undefined where there is none. */
export function countMessages(value: Written): number | undefined {
  if (value === undefined || value === null || value === '') return undefined
  if (Array.isArray(value)) return value.length
  if (isDeferred(value)) return value.items ?? countInText(value.read())
  return typeof value === 'string' ? countInText(value) : 1
}

function countInText(text: string): number {
  if (!/^\s*\[/.test(text)) return 1
  const list = parseJson(text)
  return Array.isArray(list) ? list.length : 1
}

/** The sum of what is known; undefined where nothing is. */
export function sumMessages(...values: readonly Written[]): number | undefined {
  let sum: number | undefined
  for (const value of values) {
    const count = countMessages(value)
    if (count !== undefined) sum = (sum ?? 0) + count
  }
  return sum
}

/** Messages spread over names such as `gen_ai.prompt.3.role`: the different numbers after each prefix. */
export function countIndexed(attributes: Attributes, prefixes: readonly string[]): number | undefined {
  let seen: Set<string> | undefined
  for (const name in attributes) {
    for (const prefix of prefixes) {
      if (!name.startsWith(prefix)) continue
      const end = name.indexOf('.', prefix.length)
      const index = name.slice(prefix.length, end < 0 ? name.length : end)
      if (/^\d{1,6}$/.test(index)) (seen ??= new Set()).add(prefix + index)
    }
  }
  return seen?.size
}
