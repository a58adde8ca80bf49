import { zstdDecompressSync } from 'node:zlib'
import type Database from 'better-sqlite3'
import { withoutBlobs } from '../../../shared/query/blobs.ts'
import { BlockReader } from '../block-reader.ts'
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
  private readonly store: string
  private readonly blocks = new Map<number, OpenBlock>()
  private latest: OpenBlock | undefined

  constructor(db: Database.Database, store: Store) {
    this.find = db.prepare(
      'SELECT first, n, origins, length, data FROM origin WHERE first <= ? ORDER BY first DESC LIMIT 1',
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

  private blockOf(number: number): OpenBlock | undefined {
    const { latest } = this
    if (latest && number >= latest.first && number < latest.first + latest.places.length) return latest
    const row = this.find.get(number)
    if (!row) return undefined
    let block = this.blocks.get(row.first)
    if (!block) {
      const bytes = row.length === 0 ? Buffer.alloc(0) : zstdDecompressSync(row.data, { maxOutputLength: row.length })
      block = { first: row.first, places: readOrigins(row.origins, row.n), bytes }
      if (this.blocks.size >= mostBlocks) this.blocks.delete(this.blocks.keys().next().value!)
      this.blocks.set(row.first, block)
    }
    return (this.latest = block)
  }
}
