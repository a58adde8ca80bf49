import { spawnSync } from 'node:child_process'
import type { OpenStore } from '../../helpers/open-store.ts'
import { rowOf } from './bench-query.ts'
import type { QueryRow } from './query-class.ts'

const starts = 5

/** From starting the processes to the first page of the list, the file no longer in memory. */
export async function coldRows(file: string, open: (file: string) => OpenStore): Promise<QueryRow[]> {
  const times: number[] = []
  let found = 0
  for (let n = 0; n < starts; n++) {
    forget(file)
    const started = performance.now()
    await using store = open(file)
    const page = await store.ask('lists.rows', {
      list: 'traces',
      columns: ['name', 'started', 'duration', 'tokens', 'cost', 'calls', 'errors'],
      sort: { column: 'started', descending: true },
      offset: 0,
      limit: 50,
    })
    times.push(performance.now() - started)
    found += page.id.length
  }
  return [rowOf('cold start to the first page', 150, times, found / starts)]
}

/** Takes a file out of the page cache, where the system has a way. */
function forget(file: string): void {
  spawnSync('dd', [`of=${file}`, 'oflag=nocache', 'conv=notrunc,fdatasync', 'count=0'], { stdio: 'ignore' })
}
