import Database from 'better-sqlite3'
import { indexPathOf } from '../../../electron/store/text-index/schema.ts'
import { askPhrase } from '../../../electron/store/text-index/words.ts'
import type { OpenStore } from '../../helpers/open-store.ts'
import { seededRandom } from '../../helpers/random.ts'
import { rowOf } from './bench-query.ts'
import type { QueryRow } from './query-class.ts'
import { plainQueries } from './text-classes.ts'

const [warm, asks] = [10, 200]

/**
 * What no question can take less than: one that has nothing to answer, there and back. And for the same words and phrases what
 * SQLite's full-text search takes, in this process, to tell in how many texts they are: the spans of the commonest words are
 * worked out beforehand, so that a word may take less; of a phrase it is the least.
 */
export async function floorRows(store: OpenStore, file: string, seed: number): Promise<QueryRow[]> {
  const empty = await timed(async () => (await store.ask('views.list', {})).views.length)
  const rows = [rowOf('floor: a question with nothing to answer', undefined, empty.times, empty.found)]
  const db = new Database(indexPathOf(file), { readonly: true })
  db.pragma('cache_size = -65536')
  const texts = db.prepare<[string], number>('SELECT count(*) FROM words WHERE words MATCH ?').pluck()
  for (const [name, query] of Object.entries(plainQueries)) {
    const random = seededRandom(seed)
    const { times, found } = await timed(() => {
      const parts = query(random).match(/"[^"]+"|[^ ]+/g) ?? []
      return Math.min(...parts.map(part => texts.get(askPhrase(part.replaceAll('"', ''), false).match)!))
    })
    rows.push(rowOf(`SQLite alone: how many texts have ${name}`, undefined, times, found))
  }
  db.close()
  return rows
}

async function timed(
  ask: () => number | Promise<number>,
): Promise<{ readonly times: number[]; readonly found: number }> {
  const times: number[] = []
  let found = 0
  for (let n = -warm; n < asks; n++) {
    const started = performance.now()
    const one = await ask()
    if (n < 0) continue
    times.push(performance.now() - started)
    found += one
  }
  return { times, found: found / asks }
}
