// Sets of ids as bytes. Ids are given in order of arrival, so what belongs together lies together: runs of consecutive
// ids, each two varints, take a hundredth of the space of a list.

export class ByteWriter {
  private bytes = Buffer.allocUnsafe(256)
  private used = 0

  /** A non-negative integer below 2^53, seven bits a byte. */
  varint(value: number): void {
    if (this.used + 8 > this.bytes.length) this.bytes = Buffer.concat([this.bytes], this.bytes.length * 2)
    while (value >= 128) {
      this.bytes[this.used++] = (value % 128) | 128
      value = Math.floor(value / 128)
    }
    this.bytes[this.used++] = value
  }

  /** Any integer between -2^52 and 2^52. */
  signed(value: number): void {
    this.varint(value < 0 ? -2 * value - 1 : 2 * value)
  }

  take(): Buffer {
    return Buffer.from(this.bytes.subarray(0, this.used))
  }
}

/** Reads what ByteWriter wrote. Past the end everything is 0: the bytes may come from a damaged store. */
export class ByteReader {
  private readonly bytes: Uint8Array
  private at = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  get done(): boolean {
    return this.at >= this.bytes.length
  }

  varint(): number {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = this.bytes[this.at++] ?? 0
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
  }

  signed(): number {
    const value = this.varint()
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2
  }
}

/** Ids in any order, with repeats. */
export function encodeIds(ids: Uint32Array): Buffer {
  const sorted = ids.slice().sort()
  const out = new ByteWriter()
  let end = 0
  for (let i = 0; i < sorted.length;) {
    const first = sorted[i]!
    let next = first
    while (i < sorted.length && sorted[i]! <= next) {
      if (sorted[i] === next) next++
      i++
    }
    out.varint(first - end)
    out.varint(next - first)
    end = next
  }
  return out.take()
}

/** Calls `run` with each run's first id and length. */
export function decodeIds(bytes: Uint8Array, run: (first: number, length: number) => void): void {
  const reader = new ByteReader(bytes)
  let end = 0
  while (!reader.done) {
    const first = end + reader.varint()
    const length = reader.varint()
    run(first, length)
    end = first + length
  }
}
