import { BlockBuilder, compress, recordPacking, type Packing } from './block-builder.ts'
import { BlockReader, decompress } from './block-reader.ts'
import type { Ranges, Moves } from './moves.ts'
import type { Store } from './open.ts'
import type { Cell } from './row-writer.ts'

interface RecordBlock {
  readonly first: number
  readonly n: number
  readonly ends: Buffer
  readonly data: Buffer
}

/** Copies the kept texts of moved records to their new places and deletes the blocks they came from. */
export function moveTexts(store: Store, moves: Moves, leaving: Ranges): void {
  const source = new BlockReader(store, 'record')
  const target = new TargetBlocks(store)
  const byTarget = [...moves].sort(([, a], [, b]) => a.id - b.id)
  let owner = 0
  for (const [from, move] of byTarget) {
    // A block never holds records of two imports, so that either can leave as whole blocks.
    if (move.import !== owner) target.flush()
    owner = move.import
    const text = source.read(from)
    if (text) target.put(move.id, text)
  }
  target.flush()
  const remove = store.query<[number, number], unknown>('record-blocks-delete')
  for (const { first, end } of leaving.list) remove.run(first, end)
}

/** Puts texts with ascending ids where a block has room for them, or into new blocks between the others. */
class TargetBlocks {
  private readonly store: Store
  private readonly builder: BlockBuilder
  private open: { readonly block: RecordBlock; readonly texts: Map<number, Buffer> } | undefined
  /** First id of the next block that is there already. */
  private next = 0

  constructor(store: Store) {
    this.store = store
    const add = store.query<Cell[], unknown>('record-block-add')
    this.builder = new BlockBuilder(recordPacking, ({ first, n, ends, data }) => add.run(first, n, ends, data))
  }

  put(id: number, text: Buffer): void {
    if (this.open && id >= this.open.block.first + this.open.block.n) this.rewrite()
    if (!this.open && id >= this.next) {
      this.builder.flush()
      this.next = this.store.query<[number], { first: number }>('record-block-after').get(id)?.first ?? Infinity
      const at = this.store.query<[number], { first: number }>('record-block-first').get(id)
      const block = at && this.store.query<[number], RecordBlock>('record-block').get(at.first)
      if (block && id < block.first + block.n) this.open = { block, texts: new Map() }
    }
    if (this.open) this.open.texts.set(id - this.open.block.first, Buffer.from(text))
    else this.builder.add(id, text, 0, text.length)
  }

  flush(): void {
    this.rewrite()
    this.builder.flush()
    this.next = 0
  }

  private rewrite(): void {
    if (!this.open) return
    const { block, texts } = this.open
    this.open = undefined
    this.next = 0
    const { ends, data } = replaceTexts(block, texts, recordPacking, this.store.path)
    this.store.query<Cell[], unknown>('record-block-update').run(ends, data, block.first)
  }
}

/** A block with some of its texts replaced, by their places; an empty text is none. */
export function replaceTexts(block: RecordBlock, texts: ReadonlyMap<number, Buffer>, packing: Packing, file: string) {
  const bytes = decompress(block.ends, block.data, file)
  const parts: Buffer[] = []
  const ends = new Uint32Array(block.n)
  let start = 0
  let used = 0
  for (let place = 0; place < block.n; place++) {
    const end = block.ends.readUInt32LE(4 * place)
    const part = texts.get(place) ?? bytes.subarray(start, end)
    parts.push(part)
    used += part.length
    ends[place] = used
    start = end
  }
  return { ends: Buffer.from(ends.buffer), data: compress(Buffer.concat(parts), packing) }
}
