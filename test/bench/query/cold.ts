import { spawnSync } from 'node:child_process'
import { indexPathOf } from '../../../electron/store/text-index/schema.ts'
import type { OpenStore } from '../../helpers/open-store.ts'
import { rowOf } from './bench-query.ts'
import { question } from './list-classes.ts'
import type { QueryRow } from './query-class.ts'

const starts = 5
const page = {
  list: 'traces',
  columns: ['name', 'started', 'duration', 'tokens', 'cost', 'calls', 'errors'],
  sort: { column: 'started', descending: true },
  offset: 0,
  limit: 50,
} as const

/** From starting the processes to the first page of the list, the files no longer in memory, and to a first search after it. */
export async function coldRows(file: string, open: (file: string) => OpenStore, word: string): Promise<QueryRow[]> {
  const [pages, searches]: [number[], number[]] = [[], []]
  let [listed, found] = [0, 0]
  for (let n = 0; n < starts; n++) {
    for (const each of [file, indexPathOf(file)]) forget(each)
    const started = performance.now()
    await using store = open(file)
    listed += (await store.ask('lists.rows', page)).id.length
    // In the window the reader is started with the rest.
    const first = performance.now() - started
    await store.ask('search.count', { where: question('') })
    const there = performance.now()
    found += (await store.ask('lists.rows', { ...page, where: { ...question(word), patience } })).id.length
    pages.push(first)
    searches.push(performance.now() - there)
  }
  return [
    rowOf('cold start to the first page', 150, pages, listed / starts),
    rowOf('cold start: the first search after it', 50, searches, found / starts),
  ]
}

/** Milliseconds, as in the window. */
const patience = 150

/** Takes a file out of the page cache, where the system has a way. */
function forget(file: string): void {
  spawnSync('dd', [`of=${file}`, 'oflag=nocache', 'conv=notrunc,fdatasync', 'count=0'], { stdio: 'ignore' })
}
