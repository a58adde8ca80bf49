import { bodyPacking } from './block-builder.ts'
import { replaceTexts } from './move-texts.ts'
import type { Store } from './open.ts'
import { eachReference } from './restore.ts'
import type { Cell } from './row-writer.ts'
import { decodeIds } from './runs.ts'

interface BodyBlock {
  readonly first: number
  readonly n: number
  readonly hashes: Buffer
  readonly ends: Buffer
  readonly data: Buffer
}

/**
 * Deletes contexts, bodies, labels, traits and names that nothing refers to any more, and the key of files of which none is left. A body that leaves takes its hash along: of
 * a text one can guess, the hash is as good as the text.
 */
export function sweep(store: Store): void {
  store.query('contexts-sweep').run()
  sweepBodies(store)
  store.query('labels-sweep').run()
  store.query('traits-sweep').run()
  store.query('names-sweep').run()
  store.query('file-key-sweep').run()
}

function sweepBodies(store: Store): void {
  const blocks = store.query<[], { first: number; n: number }>('body-blocks').all()
  const last = blocks.at(-1)
  if (!last) return
  const used = usedBodies(store, last.first + last.n)
  const nothing = Buffer.alloc(0)
  for (const { first, n } of blocks) {
    const gone = new Map<number, Buffer>()
    for (let place = 0; place < n; place++) if (used[first + place] === 0) gone.set(place, nothing)
    if (gone.size === 0) continue
    if (gone.size === n) {
      store.query<[number], unknown>('body-block-delete').run(first)
      continue
    }
    const block = store.query<[number], BodyBlock>('body-block').get(first)!
    if ([...gone.keys()].every(place => textLength(block, place) === 0)) continue
    const { ends, data } = replaceTexts(block, gone, bodyPacking, store.path)
    const hashes = Buffer.from(block.hashes)
    for (const place of gone.keys()) hashes.fill(0, 16 * place, 16 * place + 16)
    store.query<Cell[], unknown>('body-block-update').run(hashes, ends, data, first)
  }
}

function textLength({ ends }: BodyBlock, place: number): number {
  return ends.readUInt32LE(4 * place) - (place === 0 ? 0 : ends.readUInt32LE(4 * place - 4))
}

/** 1 for each body that a batch or a context uses. */
function usedBodies(store: Store, end: number): Uint8Array {
  const used = new Uint8Array(end)
  for (const { bodies } of store.query<[], { bodies: Buffer }>('batch-bodies').iterate()) {
    decodeIds(bodies, (first, length) => used.fill(1, first, first + length))
  }
  for (const { text } of store.query<[], { text: string }>('context-texts').iterate()) {
    eachReference(text, id => (used[id] = 1))
  }
  return used
}
