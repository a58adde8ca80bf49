import { zstdDecompressSync } from 'node:zlib'
import { corrupt } from './errors.ts'
import type { Store } from './open.ts'

interface BlockRow {
  readonly first: number
  readonly n: number
  readonly ends: Buffer
  readonly data: Buffer
}

interface OpenBlock {
  readonly first: number
  readonly ends: Buffer
  readonly bytes: Buffer
}

/** Decompressed blocks kept at hand: a call of 100 messages touches about ten. */
const cachedBytes = 32 << 20
/** V8 holds no longer string; a block that claims more is damaged or hostile. */
const longestBlock = 1 << 29

/** Reads texts out of `record_block` or `body_block`. */
export class BlockReader {
  private readonly store: Store
  private readonly table: 'record' | 'body'
  private readonly most: number
  /** By first id, least recently used first. */
  private readonly cache = new Map<number, OpenBlock>()
  private bytes = 0
  /** The one read last: what is asked for next is most often in it. */
  private latest: OpenBlock | undefined

  constructor(store: Store, table: 'record' | 'body', most = cachedBytes) {
    this.store = store
    this.table = table
    this.most = most
  }

  /** UTF-8 of one text; undefined where the store has none. Valid until the next read. */
  read(id: number): Buffer | undefined {
    const { latest } = this
    const block = latest && id >= latest.first && (id - latest.first) * 4 < latest.ends.length ? latest : this.find(id)
    if (!block) return undefined
    const place = id - block.first
    if (place * 4 + 4 > block.ends.length) return undefined
    const start = place === 0 ? 0 : block.ends.readUInt32LE(place * 4 - 4)
    const end = block.ends.readUInt32LE(place * 4)
    return end > start ? block.bytes.subarray(start, end) : undefined
  }

  /** To be called when blocks may have changed. */
  forget(): void {
    this.cache.clear()
    this.bytes = 0
    this.latest = undefined
  }

  private find(id: number): OpenBlock | undefined {
    const at = this.store.query<[number], { first: number }>(`${this.table}-block-first`).get(id)
    if (!at) return undefined
    const block = this.cache.get(at.first) ?? this.open(at.first)
    this.cache.delete(at.first)
    this.cache.set(at.first, block)
    return (this.latest = block)
  }

  private open(first: number): OpenBlock {
    const row = this.store.query<[number], BlockRow>(`${this.table}-block`).get(first)!
    const block = { first, ends: row.ends, bytes: decompress(row.ends, row.data, this.store.path) }
    this.bytes += block.bytes.length
    for (const [key, old] of this.cache) {
      if (this.bytes <= this.most) break
      this.cache.delete(key)
      this.bytes -= old.bytes.length
    }
    this.cache.set(first, block)
    return block
  }
}

/** What was compressed, whose length is known: longer it may not be. */
export function unpack(data: Uint8Array, length: number): Buffer {
  // With room for all of it at once: otherwise it is made in 64 pieces a megabyte, which takes twice as long.
  return zstdDecompressSync(data, { maxOutputLength: length, chunkSize: Math.max(64, length + 1) })
}

/** The texts of a block. What the block says of its length is the most it may inflate to. */
export function decompress(ends: Buffer, data: Buffer, file: string): Buffer {
  const length = ends.length >= 4 ? ends.readUInt32LE((ends.length & ~3) - 4) : 0
  if (length === 0) return Buffer.alloc(0)
  if (length > longestBlock) throw corrupt(file, 'a block claims to be longer than any text can be.')
  try {
    return unpack(data, length)
  } catch {
    throw corrupt(file, 'a block cannot be decompressed.')
  }
}
