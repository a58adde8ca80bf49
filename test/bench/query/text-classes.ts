import Database from 'better-sqlite3'
import { setTimeout as sleep } from 'node:timers/promises'
import { indexPathOf } from '../../../electron/store/text-index/schema.ts'
import { textsOf } from '../../../shared/query/texts.ts'
import type { Random } from '../../helpers/random.ts'
import type { OpenStore } from '../../helpers/open-store.ts'
import { filter, question } from './list-classes.ts'
import type { QueryClass } from './query-class.ts'

/** Words of the store, the most frequent first, and texts to take phrases from. */
interface Vocabulary {
  readonly words: readonly string[]
  readonly phrases: readonly string[]
}

let known: Vocabulary | undefined

/** Waits until the index is complete and its commonest words are worked out. */
export async function prepareTexts(store: OpenStore): Promise<void> {
  if (known) return
  const { path } = await store.ask('store.summary', {})
  await store.ask('index.wait', {})
  const db = new Database(indexPathOf(path), { readonly: true })
  const isTidy = db.prepare<[], number>("SELECT value ->> 'common' = value ->> 'generation' FROM state").pluck()
  while (isTidy.get() !== 1) await sleep(500)
  const words = db
    .prepare<[], string>("SELECT s FROM term WHERE s GLOB '[a-z]*' AND length(s) BETWEEN 2 AND 20 ORDER BY texts DESC")
    .pluck()
    .all()
  db.close()
  known = { words, phrases: await phrasesOf(store) }
}

/** One that many texts have. */
export function commonWord(): string {
  return known!.words[20]!
}

async function phrasesOf(store: OpenStore): Promise<string[]> {
  const { id } = await store.ask('lists.rows', { ...page('kind:generation'), limit: 200 })
  const phrases: string[] = []
  for (const span of id) {
    const texts = textsOf(await store.ask('spans.read', { id: span })).filter(({ text }) => text.length > 200)
    for (const { text } of texts.slice(-3)) phrases.push(...(text.match(/[a-z]+ [a-z]+/g) ?? []).slice(3, 8))
  }
  return [...new Set(phrases)]
}

/** By frequency: as often among the first ten as among the next hundred. */
function word(random: Random, least = 2): string {
  const { words } = known!
  for (;;) {
    const found = words[Math.floor(words.length ** (random.below(1 << 20) / (1 << 20))) - 1]
    if (found !== undefined && found.length >= least) return found
  }
}

function page(query: string) {
  return {
    list: 'spans' as const,
    where: question(query),
    columns: ['name', 'started'],
    sort: { column: 'started', descending: true },
    offset: 0,
    limit: 50,
  }
}

function first50(name: string, goal: number, query: (random: Random) => string): QueryClass {
  return {
    name: `text, first 50: ${name}`,
    goal,
    prepare: prepareTexts,
    ask: async (store, random) => (await store.ask('lists.rows', page(query(random)))).total,
  }
}

function count(name: string, goal: number, query: (random: Random) => string): QueryClass {
  return {
    name: `text, exact count: ${name}`,
    goal,
    prepare: prepareTexts,
    async ask(store, random) {
      const { total, exact } = await store.ask('lists.totals', { list: 'spans', where: question(query(random)) })
      if (!exact) throw new Error('The count is a lower bound.')
      return total
    },
  }
}

const letter = (random: Random) => String.fromCharCode(97 + random.below(26))

/** Asks as the window does, until there is something to show. */
async function firstHits(store: OpenStore, query: string): Promise<number> {
  for (;;) {
    const asked = page(query)
    const { total, searched } = await store.ask('lists.rows', { ...asked, where: { ...asked.where, patience: 150 } })
    if (total > 0 || !searched) return total
  }
}

const phrase = (random: Random) => `"${random.pick(known!.phrases)}"`

/** Queries that are words and phrases, one after another. */
export const plainQueries = {
  'a word': random => word(random),
  'two words': random => `${word(random)} ${word(random)}`,
  'a phrase': phrase,
} as const satisfies { readonly [name: string]: (random: Random) => string }

export const textClasses: readonly QueryClass[] = [
  first50('a word', 3, plainQueries['a word']),
  first50('two words', 10, plainQueries['two words']),
  first50('a phrase', 15, plainQueries['a phrase']),
  first50('part of a word', 10, random => `*${word(random, 7).slice(1, 6)}*`),
  first50('a prefix of three letters or more', 150, random => `${word(random, 5).slice(0, 3 + random.below(2))}*`),
  first50('a word and a filter', 50, random => `${word(random)} (${filter(random)})`),
  first50(
    'one of the ten commonest words and a filter',
    200,
    random => `${known!.words[random.below(10)]} (${filter(random)})`,
  ),
  count('a word', 100, plainQueries['a word']),
  count('two words', 100, plainQueries['two words']),
  count('a phrase', 100, plainQueries['a phrase']),
  {
    ...first50(
      'a regular expression with four letters, complete',
      2000,
      random => `/${word(random, 6).slice(0, 4)}[a-z]+ing/`,
    ),
    asks: 20,
    warm: 1,
  },
  {
    name: 'text, first hits: a regular expression that nothing narrows down',
    goal: 1000,
    prepare: prepareTexts,
    asks: 20,
    warm: 1,
    ask: (store, random) => firstHits(store, `/[${letter(random)}${letter(random)}][aeiou][a-z]{2,}[.,]/`),
  },
  {
    name: 'attributes, first hits: what only records say',
    goal: 1000,
    prepare: prepareTexts,
    asks: 20,
    warm: 1,
    ask: (store, random) => firstHits(store, `@gen_ai.request.max_tokens:>${random.below(4000)}`),
  },
]
