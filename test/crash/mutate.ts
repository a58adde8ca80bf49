import type { Random } from '../helpers/random.ts'

/** What parsers stumble over. */
const traps: readonly Buffer[] = [
  '"',
  '\\',
  '\\u0000',
  '\\ud800',
  '{',
  '}',
  ']',
  ',',
  '\n',
  '[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[['.repeat(10),
  '{"a":'.repeat(300),
  '"__proto__":{"x":1},',
  '1e400',
  '-0',
  '18446744073709551616',
  'NaN',
  'null',
  '"startTimeUnixNano":"99999999999999999999999"',
  'resourceSpans',
  '﻿',
]
  .map(text => Buffer.from(text))
  .concat([
    Buffer.from([0]),
    Buffer.from([0xff, 0xfe]),
    Buffer.from([0x1f, 0x8b, 8, 0]),
    Buffer.from([0x28, 0xb5, 0x2f, 0xfd]),
    Buffer.from('PK\u0003\u0004'),
    // a length of protobuf that is none
    Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f]),
    Buffer.from([0xed, 0xa0, 0x80]),
  ])

/** A damaged copy: one to four cuts, flips, repeats, swaps and insertions at random places. */
export function mutate(bytes: Buffer, random: Random): Buffer {
  let copy = Buffer.from(bytes)
  for (let times = 1 + random.below(4); times > 0; times--) copy = random.pick(ways)(copy, random)
  return copy
}

type Way = (bytes: Buffer, random: Random) => Buffer<ArrayBuffer>

const ways: readonly Way[] = [
  // One bit.
  (bytes, random) => {
    const copy = Buffer.from(bytes)
    const at = place(bytes, random)
    if (at < copy.length) copy[at] = copy[at]! ^ (1 << random.below(8))
    return copy
  },
  // The end is missing.
  (bytes, random) => Buffer.from(bytes.subarray(0, place(bytes, random))),
  // A piece is missing.
  (bytes, random) => {
    const [start, end] = range(bytes, random)
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)])
  },
  // A piece is there twice.
  (bytes, random) => {
    const [start, end] = range(bytes, random)
    return Buffer.concat([bytes.subarray(0, end), bytes.subarray(start)])
  },
  // Two halves changed places.
  (bytes, random) => {
    const at = place(bytes, random)
    return Buffer.concat([bytes.subarray(at), bytes.subarray(0, at)])
  },
  // Something was put in.
  (bytes, random) => {
    const at = place(bytes, random)
    return Buffer.concat([bytes.subarray(0, at), random.pick(traps), bytes.subarray(at)])
  },
  // Something was written over.
  (bytes, random) => {
    const copy = Buffer.from(bytes)
    random.pick(traps).copy(copy, place(bytes, random))
    return copy
  },
]

function place(bytes: Buffer, random: Random): number {
  return random.below(bytes.length + 1)
}

/** A short piece more often than a long one. */
function range(bytes: Buffer, random: Random): [start: number, end: number] {
  const start = place(bytes, random)
  const length = Math.floor(bytes.length ** random.unit())
  return [start, Math.min(bytes.length, start + length)]
}
