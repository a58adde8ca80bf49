import { readFileSync } from 'node:fs'
import type { PriceBook } from '../../shared/money/book.ts'
import type { TestRegex } from '../../shared/money/match.ts'
import { compileRegex } from '../../shared/query/regex/compile.ts'
import { resource } from '../hosts/places.ts'
import { readBook } from './read-book.ts'

let known: { readonly book: PriceBook; readonly expressions: ReadonlySet<string> } | undefined

/** The list that came with this build. */
export function bundledBook(): PriceBook {
  return read().book
}

function read(): NonNullable<typeof known> {
  if (known) return known
  const file = resource('prices/prices.json')
  if (!file) throw new Error('Spanwise is incomplete: its price list (resources/prices/prices.json) is missing.')
  const text = readFileSync(file, 'utf8')
  const found = readBook(text)
  if ('wrong' in found) throw new Error(found.wrong)
  const expressions = new Set<string>()
  JSON.parse(text, (name, value: unknown) => {
    if (name === 'regex' && typeof value === 'string') expressions.add(value)
    return value
  })
  return (known = { book: found.book, expressions })
}

const compiled = new Map<string, (name: string) => boolean>()

/** Expressions of the bundled list run on the engine's own machine; any others in linear time, or not at all. */
export const testRegex: TestRegex = (source, name) => {
  let test = compiled.get(source)
  if (!test) compiled.set(source, (test = makeTest(source)))
  return test(name)
}

function makeTest(source: string): (name: string) => boolean {
  if (read().expressions.has(source)) {
    const own = new RegExp(source)
    return name => own.test(name)
  }
  const found = compileRegex(source, false)
  return found.ok ? name => found.regex.test(name) : () => false
}
