import { createHash } from 'node:crypto'
import { KeptReader } from './kept.ts'
import { openStore } from './open.ts'
import type { Store } from './open.ts'
import { scoresOf } from './spans.ts'

/**
 * One hash over all that a store says: kept records and contexts with their texts put back, and every column read from
 * them. Row ids, the cut into batches and blocks, the order in which traces arrived, which import gave what and the names
 * of files do not change it. Equal digests mean that no query can tell two stores apart.
 */
export function digest(storeOrPath: Store | string): string {
  if (typeof storeOrPath !== 'string') return digestOf(storeOrPath)
  const store = openStore(storeOrPath, { readOnly: true })
  try {
    return digestOf(store)
  } finally {
    store.close()
  }
}

function digestOf(store: Store): string {
  const hash = createHash('sha256')
  for (const text of describeStore(store)) hash.update(text).update('\n')
  return hash.digest('hex')
}

interface Row {
  readonly id: number
}

/** What `digest` hashes, a line for each trace, span, record, call and score: two stores that differ can be compared. */
export function* describeStore(store: Store): Generator<string> {
  const kept = new KeptReader(store)
  const spans = store.query<[number], Row>('digest-spans')
  const call = store.query<[number], object>('digest-call')
  const row = store.query<[number], Row>('trace-row')
  for (const key of store.query<[], Row>('digest-traces').all()) {
    const { id, ...trace } = row.get(key.id)!
    yield `trace ${JSON.stringify(trace)}`
    for (const { id: span, ...columns } of spans.all(id)) {
      yield `span ${JSON.stringify(columns)}`
      for (const { format, place, record, context } of kept.read(span)) {
        yield `record ${JSON.stringify([format, place, record, context])}`
      }
      const usage = call.get(span)
      if (usage) yield `call ${JSON.stringify(usage)}`
      for (const score of scoresOf(store, span)) yield `score ${JSON.stringify(score)}`
    }
  }
}
