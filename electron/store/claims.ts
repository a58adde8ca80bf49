import { ByteReader, ByteWriter } from './runs.ts'

/**
 * A record that an import found in the store already. It takes a number here too, without a row: when the import that
 * brought it is removed, the record moves to `id` and `place`, and stands where it would have stood without the other
 * import. Order among siblings and the line shown depend on it.
 */
export interface Claim {
  readonly id: number
  /** The number it has in the store. */
  readonly record: number
  readonly place: number
}

/** Claims in the order of their ids; re-importing a file costs about one byte a record. */
export function encodeClaims(claims: readonly Claim[]): Buffer {
  const out = new ByteWriter()
  let endId = 0
  let endRecord = 0
  let place = 0
  for (let from = 0; from < claims.length;) {
    const { id, record } = claims[from]!
    let to = from + 1
    while (to < claims.length && claims[to]!.id === id + to - from && claims[to]!.record === record + to - from) to++
    out.varint(id - endId)
    out.signed(record - endRecord)
    out.varint(to - from)
    for (; from < to; from++) {
      out.signed(claims[from]!.place - place)
      place = claims[from]!.place
    }
    endId = claims[to - 1]!.id + 1
    endRecord = claims[to - 1]!.record + 1
  }
  return out.take()
}

export function decodeClaims(bytes: Uint8Array): Claim[] {
  const reader = new ByteReader(bytes)
  const claims: Claim[] = []
  let id = 0
  let record = 0
  let place = 0
  while (!reader.done) {
    id += reader.varint()
    record += reader.signed()
    for (let left = reader.varint(); left > 0 && !reader.done; left--) {
      place += reader.signed()
      claims.push({ id: id++, record: record++, place })
    }
  }
  return claims
}
