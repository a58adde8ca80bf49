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

/** Names remembered, as in speakers.ts. */
const mostNames = 20_000

/**
 * Counts messages spread over names such as `gen_ai.prompt.3.role`: the different numbers after each prefix, of which none may
 * begin with another. Producers repeat their names: each is taken apart once.
 */
export function indexedCounter(prefixes: readonly string[]): (attributes: Attributes) => number | undefined {
  const known = new Map<string, string>()
  const messageOf = (name: string): string => {
    let message = known.get(name)
    if (message === undefined) {
      message = messageIn(name, prefixes)
      if (known.size < mostNames && name.length < 128) known.set(name, message)
    }
    return message
  }
  return attributes => {
    let seen: Set<string> | undefined
    for (const name in attributes) {
      const message = messageOf(name)
      if (message !== '') (seen ??= new Set()).add(message)
    }
    return seen?.size
  }
}

/** The prefix and the number of a message that a name speaks of; '' for none. */
function messageIn(name: string, prefixes: readonly string[]): string {
  const prefix = prefixes.find(one => name.startsWith(one))
  if (prefix === undefined) return ''
  const end = name.indexOf('.', prefix.length)
  const index = name.slice(prefix.length, end < 0 ? name.length : end)
  return /^\d{1,6}$/.test(index) ? prefix + index : ''
}
