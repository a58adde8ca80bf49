import path from 'node:path'
import { seededRandom } from '../../helpers/random.ts'
import { indexPathOf } from '../../../electron/store/text-index/schema.ts'
import type { OpenStore } from '../../helpers/open-store.ts'
import { makeDump } from '../corpora.ts'
import { copyStore, importDump, removeStore } from '../run.ts'
import { quantile } from '../statistics.ts'
import { rowOf } from './bench-query.ts'
import type { QueryClass, QueryRow } from './query-class.ts'

const asksWhenIdle = 150

/** The same questions with nothing else going on, and while an import brings more: they may take twice as long. */
export async function duringRows(
  million: string,
  folder: string,
  open: (file: string) => OpenStore,
  classes: readonly QueryClass[],
): Promise<QueryRow[]> {
  const file = path.join(folder, 'during.spanwise')
  const { file: dump } = makeDump(folder, { kind: 'full', mb: 200 }, 3)
  copyStore(million, file)
  copyStore(indexPathOf(million), indexPathOf(file))
  const rows: QueryRow[] = []
  try {
    await using store = open(file)
    for (const one of classes) await one.prepare?.(store)
    const random = seededRandom(1)
    const timed = async (one: QueryClass): Promise<number> => {
      const started = performance.now()
      await one.ask(store, random, 0)
      return performance.now() - started
    }
    const idle = classes.map((): number[] => [])
    for (let n = -10; n < asksWhenIdle; n++) {
      for (const [c, one] of classes.entries()) {
        const time = await timed(one)
        if (n >= 0) idle[c]!.push(time)
      }
    }
    const during = classes.map((): number[] => [])
    const done = { yet: false }
    const importing = importDump(dump, file).finally(() => (done.yet = true))
    while (!done.yet) for (const [c, one] of classes.entries()) during[c]!.push(await timed(one))
    await importing
    for (const [c, { name }] of classes.entries()) {
      rows.push(rowOf(`${name}: nothing else going on`, undefined, idle[c]!, 0))
      rows.push(rowOf(`${name}: while an import runs`, 2 * quantile(idle[c]!, 0.95), during[c]!, 0))
    }
  } finally {
    removeStore(file)
  }
  return rows
}
