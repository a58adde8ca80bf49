import type Database from 'better-sqlite3'
import { withoutBlobs } from '../../../shared/query/blobs.ts'
import { BlockReader, unpack } from '../block-reader.ts'
import { bodyText } from '../body-text.ts'
import { guarded } from '../errors.ts'
import type { Store } from '../open.ts'
import { literalAt } from './literals.ts'
import { readOrigins, type OriginBlock, type Place } from './origins.ts'

interface OpenBlock {
  readonly first: number
  readonly places: readonly Place[]
  readonly bytes: Buffer
}

/** Blocks at hand: texts are asked for in ascending or descending order. */
const mostBlocks = 16

/** Reads texts by their numbers, for questions that words alone do not settle. */
export class IndexedTexts {
  private readonly find: Database.Statement<[number], OriginBlock>
  private readonly bodies: BlockReader
  private readonly sizes: Database.Statement<[number], Pick<OriginBlock, 'first' | 'n' | 'origins'>>
  private readonly bodySizes: () => { first: number; ends: Buffer }[]
  private known: Float32Array = new Float32Array(1)
  private readonly store: string
  private readonly blocks = new Map<number, OpenBlock>()
  private latest: OpenBlock | undefined

  constructor(db: Database.Database, store: Store) {
    this.find = db.prepare(
      'SELECT first, n, origins, length, data FROM origin WHERE first <= ? ORDER BY first DESC LIMIT 1',
    )
    this.sizes = db.prepare('SELECT first, n, origins FROM origin WHERE first >= ? ORDER BY first')
    this.bodySizes = () =>
      guarded(store.path, () =>
        store.statement<[], { first: number; ends: Buffer }>('SELECT first, ends FROM body_block ORDER BY first').all(),
      )
    this.bodies = new BlockReader(store, 'body')
    this.store = store.path
  }

  /** Undefined where it cannot be read. */
  read(number: number): string | undefined {
    const block = this.blockOf(number)
    const place = block?.places[number - block.first]
    if (!block || !place) return undefined
    if ('from' in place) return bodyText(block.bytes.subarray(place.from, place.to))
    // A damaged store is to be told from a damaged index.
    const bytes = guarded(this.store, () => this.bodies.read(place.body))
    let text = bytes && bodyText(bytes)
    for (const step of place.way) text = text === undefined ? undefined : literalAt(text, step)
    return text === undefined ? undefined : withoutBlobs(text)
  }

  /** Bytes of each text by its number; of one inside a body those of the body. */
  lengths(): Float32Array {
    const added = this.sizes.all(this.known.length)
    const last = added.at(-1)
    if (!last) return this.known
    const lengths = new Float32Array(last.first + last.n)
    lengths.set(this.known)
    const bodies = this.bodySizes()
    for (const { first, n, origins } of added) {
      for (const [i, place] of readOrigins(origins, n).entries()) {
        lengths[first + i] = 'from' in place ? place.to - place.from : lengthIn(bodies, place.body)
      }
    }
    return (this.known = lengths)
  }

  private blockOf(number: number): OpenBlock | undefined {
    const { latest } = this
    if (latest && number >= latest.first && number < latest.first + latest.places.length) return latest
    const row = this.find.get(number)
    if (!row) return undefined
    let block = this.blocks.get(row.first)
    if (!block) {
      const bytes = row.length === 0 ? Buffer.alloc(0) : unpack(row.data, row.length)
      block = { first: row.first, places: readOrigins(row.origins, row.n), bytes }
      if (this.blocks.size >= mostBlocks) this.blocks.delete(this.blocks.keys().next().value!)
      this.blocks.set(row.first, block)
    }
    return (this.latest = block)
  }
}

/** Bytes of a body; 0 where there is none. */
function lengthIn(blocks: readonly { readonly first: number; readonly ends: Buffer }[], body: number): number {
  let [low, high] = [0, blocks.length]
  while (high - low > 1) {
    const middle = (low + high) >>> 1
    if (blocks[middle]!.first <= body) low = middle
    else high = middle
  }
  const block = blocks[low]
  const at = block ? (body - block.first) * 4 : -1
  if (!block || at < 0 || at + 4 > block.ends.length) return 0
  return block.ends.readUInt32LE(at) - (at === 0 ? 0 : block.ends.readUInt32LE(at - 4))
}
