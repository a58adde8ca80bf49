import type { Question, Searched } from '../../../shared/contract/search.ts'
import { parseQuery } from '../../../shared/query/parse.ts'
import type { Condition } from '../../../shared/query/plan.ts'
import { resolveQuery } from '../../../shared/query/resolve.ts'
import { isSaidField } from '../../../shared/query/said.ts'
import type { Asker } from './inspect.ts'
import { waitForPrompts } from './recovered.ts'
import { complain } from './output.ts'

/** Of so few spans the texts are read faster than indexed. */
const fewSpans = 300

/**
 * Makes a question quick to answer, saying on a terminal how far that is. The index of texts is brought up to date: the first
 * question about texts after an import pays for it, all others are answered from it; where it cannot be written the records are
 * read instead.
 */
export async function prepareAnswer(asker: Asker, where: Question | undefined, byRelevance = false): Promise<void> {
  if (!where) return
  if (asksForPrompt(where)) await waitForPrompts(asker)
  await prepareTexts(asker, where, byRelevance)
  if (process.stderr.isTTY && where.query !== '') await showSearching(asker, where)
}

async function prepareTexts(asker: Asker, where: Question, byRelevance: boolean): Promise<void> {
  if (!asksForText(where)) return
  // Only the index knows how much a text says.
  if (byRelevance || (await isLarge(asker))) await bringIndexUp(asker)
}

/** The same for fields that the index knows, or recovery: without these a large store says what they are of no span. */
export async function prepareFields(asker: Asker, fields: readonly string[]): Promise<void> {
  if (fields.some(name => /\bprompt\b/.test(name))) await waitForPrompts(asker)
  if (fields.some(name => isSaidField(name.replace(/^(root|parent)\./, ''))) && (await isLarge(asker)))
    await bringIndexUp(asker)
}

async function isLarge({ ask }: Asker): Promise<boolean> {
  return (await ask('store.summary', {})).spans > fewSpans
}

async function bringIndexUp(asker: Asker): Promise<void> {
  const { state, message } = await showIndexing(asker, () => asker.ask('index.wait', {}))
  if (state === 'failed') complain(`The texts are read one by one: they cannot be indexed. ${message ?? ''}`)
}

/** Milliseconds between two looks at how far a search is. */
const look = 700

/** Says how far a search is that reads texts or records. What was read is remembered: the answer is not searched twice. */
async function showSearching({ ask }: Asker, where: Question): Promise<void> {
  let isShown = false
  for (;;) {
    const { searched } = await ask('search.count', { where: { ...where, patience: look } })
    if (!searched || searched.all === 0) break
    isShown = true
    process.stderr.write(`\r\u001b[Ksearching: ${Math.floor((100 * searched.done) / searched.all)}%`)
  }
  if (isShown) process.stderr.write('\r\u001b[K')
}

/** Asks again, saying on a terminal how far it is, until nothing waits for being read. */
export async function askWhole<T extends { readonly searched?: Searched | undefined }>(
  ask: (patience: number | undefined) => Promise<T>,
): Promise<T> {
  if (!process.stderr.isTTY) return ask(undefined)
  let isShown = false
  for (;;) {
    const answer = await ask(look)
    const { searched } = answer
    if (searched && searched.all > 0) {
      isShown = true
      process.stderr.write(`\r\u001b[Kreading: ${Math.floor((100 * searched.done) / searched.all)}%`)
      continue
    }
    if (isShown) process.stderr.write('\r\u001b[K')
    return answer
  }
}

/** Says on a terminal how far the index is, as long as `work` takes. */
export async function showIndexing<T>({ on }: Asker, work: () => Promise<T>): Promise<T> {
  let isShown = false
  on('index.progress', ({ state, done, all }) => {
    if (!process.stderr.isTTY || state !== 'building' || all === 0) return
    isShown = true
    process.stderr.write(`\r\u001b[Kindexing texts: ${Math.floor((100 * done) / all)}%`)
  })
  const result = await work()
  if (isShown) process.stderr.write('\r\u001b[K')
  return result
}

function conditionOf({ query }: Question): Condition | undefined {
  const parsed = parseQuery(query)
  return parsed.ok ? resolveQuery(parsed.query, { now: 0n, zone: 'UTC' }) : undefined
}

function asksForText(where: Question): boolean {
  const condition = conditionOf(where)
  return condition !== undefined && hasText(condition)
}

/** Whatever the query asks of prompts, those that were recovered answer too. */
function asksForPrompt(where: Question): boolean {
  return /\bprompt\b/i.test(where.query)
}

function hasText(one: Condition): boolean {
  if (one.type === 'leaf')
    return one.leaf.type === 'text' || (one.leaf.type === 'name' && one.leaf.field.id === 'document')
  return one.type === 'not' || one.type === 'scope' ? hasText(one.of) : one.of.some(hasText)
}
