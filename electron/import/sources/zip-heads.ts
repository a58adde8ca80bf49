// A zip archive whose list of members is lost, as of a download that broke off: every member has a head of its own too.

/** What is said of a member before its data. */
export interface Packed {
  readonly name: string
  /** Where its head starts in the archive. */
  readonly at: number
  readonly method: number
  readonly isEncrypted: boolean
  readonly isLink: boolean
  readonly compressedSize: number
  /** What its data comes to when it is unpacked; unknown where it was written after data that is cut. */
  readonly sums?: { readonly crc32: number; readonly size: number }
  /** Where its data starts. */
  readonly start: () => Promise<number>
}

/** Reads up to so many bytes at a place; fewer at the end. */
export type ReadAt = (target: Buffer, at: number, length: number, place: number) => number

const head = { length: 30, signature: 0x04034b50 }
const descriptor = { length: 16, signature: Buffer.from('PK\u0007\u0008', 'latin1') }
/** Sizes of more than 4 GB stand elsewhere. */
const elsewhere = 0xffffffff
const pieceSize = 1 << 16

/** Members in the order of their heads, until one is not to be found where the last ends. The last may be cut. */
export function* packedByHeads(readAt: ReadAt, size: number, most: number): Generator<Packed> {
  const bytes = Buffer.alloc(head.length)
  let at = 0
  for (let count = 0; count < most; count++) {
    if (readAt(bytes, 0, head.length, at) < head.length || bytes.readUInt32LE(0) !== head.signature) return
    const flags = bytes.readUInt16LE(6)
    const names = Buffer.alloc(bytes.readUInt16LE(26))
    if (readAt(names, 0, names.length, at + head.length) < names.length) return
    const start = at + head.length + names.length + bytes.readUInt16LE(28)
    const known = { crc32: bytes.readUInt32LE(14), packed: bytes.readUInt32LE(18), size: bytes.readUInt32LE(22) }
    const isAfter = (flags & 8) !== 0
    const said = isAfter || known.packed === elsewhere ? after(readAt, start, size) : known
    const end = start + (said?.packed ?? size - start)
    const isCut = said === undefined || end > size
    if (start >= size) return
    yield {
      name: names.toString((flags & 0x800) === 0 ? 'latin1' : 'utf8'),
      at,
      method: bytes.readUInt16LE(8),
      isEncrypted: (flags & 1) !== 0,
      isLink: false,
      compressedSize: Math.min(end, size) - start,
      ...(isCut ? {} : { sums: { crc32: said.crc32, size: said.size } }),
      start: () => Promise.resolve(start),
    }
    if (isCut) return
    at = isAfter ? end + descriptor.length : end
  }
}

/** What was written after the data: found by its signature, believed where its size is the distance to the start. */
function after(readAt: ReadAt, start: number, size: number) {
  const piece = Buffer.alloc(pieceSize)
  for (let at = start; at < size; at += pieceSize - descriptor.length) {
    const bytes = piece.subarray(0, readAt(piece, 0, pieceSize, at))
    for (let i = bytes.indexOf(descriptor.signature); i >= 0; i = bytes.indexOf(descriptor.signature, i + 1)) {
      if (i + descriptor.length > bytes.length) break
      const packed = bytes.readUInt32LE(i + 8)
      if (packed === at + i - start)
        return { crc32: bytes.readUInt32LE(i + 4), packed, size: bytes.readUInt32LE(i + 12) }
    }
  }
  return undefined
}
