import { readFileSync } from 'node:fs'
import type { PriceBook } from '../../shared/money/book.ts'
import type { MatchLogic, TestRegex } from '../../shared/money/match.ts'
import { compileRegex } from '../../shared/query/regex/compile.ts'
import { resource } from '../hosts/places.ts'

let known: { readonly book: PriceBook; readonly text: string } | undefined
let expressions: ReadonlySet<string> | undefined

/** The list that came with this build. */
export function bundledBook(): PriceBook {
  return read().book
}

/** As a store keeps it that was made by this build. */
export function bundledText(): string {
  return read().text
}

/** It is ours and held against its source by a test: validating it would cost a start 60 ms. */
function read(): NonNullable<typeof known> {
  if (known) return known
  const file = resource('prices/prices.json')
  if (!file) throw new Error('Spanwise is incomplete: its price list (resources/prices/prices.json) is missing.')
  // Its only white space is a line's end here and there: the text need not be made of what was read.
  const text = readFileSync(file, 'utf8').replaceAll('\n', '').replace(/\}$/, ',"rules":[]}')
  const book: PriceBook = JSON.parse(text)
  return (known = { book, text })
}

function ownExpressions(): ReadonlySet<string> {
  if (expressions) return expressions
  const found = new Set<string>()
  const collect = (logic: MatchLogic | undefined): void => {
    if (!logic) return
    if ('regex' in logic) found.add(logic.regex)
    else for (const one of 'or' in logic ? logic.or : 'and' in logic ? logic.and : []) collect(one)
  }
  for (const { provider_match, model_match, models } of bundledBook().providers) {
    for (const logic of [provider_match, model_match]) collect(logic)
    for (const { match } of models) collect(match)
  }
  return (expressions = found)
}

const compiled = new Map<string, (name: string) => boolean>()

/** Expressions of the bundled list run on the engine's own machine; any others in linear time, or not at all. */
export const testRegex: TestRegex = (source, name) => {
  let test = compiled.get(source)
  if (!test) compiled.set(source, (test = makeTest(source)))
  return test(name)
}

function makeTest(source: string): (name: string) => boolean {
  if (ownExpressions().has(source)) {
    const own = new RegExp(source)
    return name => own.test(name)
  }
  const found = compileRegex(source, false)
  return found.ok ? name => found.regex.test(name) : () => false
}
