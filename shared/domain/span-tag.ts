/**
 * 52-bit hash of a span id, exact in a double, never 0. Compared only within a trace, so it need not resist attack: two
 * ids of one tag are merged as one span, both their records kept.
 */
export function spanTag(id: string): number {
  let a = 0x9e3779b9
  let b = 0x85ebca6b
  for (let i = 0; i < id.length; i++) {
    const c = id.charCodeAt(i)
    a = Math.imul(a ^ c, 0x01000193)
    b = Math.imul(b + c, 0x5bd1e995)
    b ^= b >>> 13
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b)
  a = Math.imul(a ^ (a >>> 13), 0xc2b2ae35)
  b = Math.imul(b ^ (b >>> 15), 0x2c1b3c6d)
  b ^= b >>> 12
  const tag = ((a ^ (a >>> 16)) >>> 0) * 0x10_0000 + ((b >>> 0) & 0xf_ffff)
  return tag === 0 ? 1 : tag
}
