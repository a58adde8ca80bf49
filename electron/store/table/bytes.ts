// Sets of rows as a byte each, 0 or 1: four at a time.

/** The same bytes, four to a number; those at the end that make no four are left. */
function words(bytes: Uint8Array): Uint32Array | undefined {
  return bytes.byteOffset % 4 === 0 ? new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >>> 2) : undefined
}

/** Both; `a` is changed and answered. */
export function and(a: Uint8Array, b: Uint8Array): Uint8Array {
  const [wide, other] = [words(a), words(b)]
  const done = wide && other ? wide.length : 0
  for (let i = 0; i < done; i++) wide![i]! &= other![i]!
  for (let i = done * 4; i < a.length; i++) a[i]! &= b[i]!
  return a
}

/** Either; `a` is changed and answered. */
export function or(a: Uint8Array, b: Uint8Array): Uint8Array {
  const [wide, other] = [words(a), words(b)]
  const done = wide && other ? wide.length : 0
  for (let i = 0; i < done; i++) wide![i]! |= other![i]!
  for (let i = done * 4; i < a.length; i++) a[i]! |= b[i]!
  return a
}

/** The others; `a` is changed and answered. */
export function not(a: Uint8Array): Uint8Array {
  const wide = words(a)
  const done = wide?.length ?? 0
  for (let i = 0; i < done; i++) wide![i]! ^= 0x0101_0101
  for (let i = done * 4; i < a.length; i++) a[i]! ^= 1
  return a
}

/** How many are in. */
export function count(bytes: Uint8Array): number {
  const wide = words(bytes)
  const done = wide?.length ?? 0
  let n = 0
  // The highest byte of the product is the sum of all four.
  for (let i = 0; i < done; i++) n += Math.imul(wide![i]!, 0x0101_0101) >>> 24
  for (let i = done * 4; i < bytes.length; i++) n += bytes[i]!
  return n
}

/** The same as bits, 32 to a number: an eighth of the memory, for whoever looks here and there. */
export function bitsOf(bytes: Uint8Array): Uint32Array {
  const wide = words(bytes) ?? new Uint32Array(bytes.slice().buffer, 0, bytes.length >>> 2)
  const bits = new Uint32Array((bytes.length >>> 5) + 1)
  // The highest four bits of the product are the four bytes.
  for (let i = 0; i < wide.length; i++) bits[i >>> 3]! |= (Math.imul(wide[i]!, 0x1020_4080) >>> 28) << ((i & 7) * 4)
  for (let i = wide.length * 4; i < bytes.length; i++) bits[i >>> 5]! |= bytes[i]! << (i & 31)
  return bits
}

/** The places of those that are in. */
export function placesOf(bytes: Uint8Array): Uint32Array {
  const found = new Uint32Array(count(bytes) + 1)
  const wide = words(bytes)
  const done = wide?.length ?? 0
  let n = 0
  for (let word = 0; word < done; word++) {
    if (wide![word] === 0) continue
    for (let i = word * 4; i < word * 4 + 4; i++) {
      found[n] = i
      n += bytes[i]!
    }
  }
  for (let i = done * 4; i < bytes.length; i++) {
    found[n] = i
    n += bytes[i]!
  }
  return found.subarray(0, found.length - 1)
}
