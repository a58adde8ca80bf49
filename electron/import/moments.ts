import type { Output } from '../../shared/contract/index.ts'
import { isException } from '../../shared/domain/events.ts'
import type { RawEvent, RawSpan } from '../../shared/domain/raw-span.ts'
import { KeptReader } from '../store/kept.ts'
import type { Store } from '../store/open.ts'
import { KeptRecords } from './kept-records.ts'
import { mergeRecords } from './merge-raw.ts'

type Moments = Output<'spans.moments'>

/** Of one span: more than a bar has pixels would be drawn over one another. */
const most = 200
const longestName = 100

/** When the events of spans happened, for the time line. Long texts stay where they are: names and times are all that is read. */
export function createMomentReader(store: Store): (ids: readonly number[]) => Moments {
  const kept = new KeptReader(store)
  return ids =>
    store.snapshot(() => {
      const span: number[] = []
      const at: number[] = []
      const failed: number[] = []
      const name: number[] = []
      const strings = new Map<string, number>()
      for (const { span: id, records } of kept.texts(ids)) {
        const raw = mergeRecords(new KeptRecords(records, 'texts on demand'))?.span
        for (const event of raw ? momentsOf(raw) : []) {
          const label = event.name.slice(0, longestName).toWellFormed()
          if (!strings.has(label)) strings.set(label, strings.size)
          span.push(id)
          at.push(Number(event.time! - raw!.start!) / 1000)
          failed.push(isException(event) ? 1 : 0)
          name.push(strings.get(label)!)
        }
      }
      return {
        span: Float64Array.from(span),
        at: Float64Array.from(at),
        failed: Uint8Array.from(failed),
        name: Uint32Array.from(name),
        strings: [...strings.keys()],
      }
    })
}

/** Those whose time is known; of too many the exceptions, and others at equal steps. */
function momentsOf({ start, events }: RawSpan): readonly RawEvent[] {
  if (start === undefined) return []
  const timed = events.filter(({ time }) => time !== undefined)
  if (timed.length <= most) return timed
  const failed = timed.filter(isException).slice(0, most / 2)
  const step = timed.length / (most - failed.length)
  return [...failed, ...Array.from({ length: most - failed.length }, (_, i) => timed[Math.floor(i * step)]!)]
}
