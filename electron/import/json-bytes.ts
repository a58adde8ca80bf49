// Bytes of JSON text.

export const [tab, newline, carriage, space] = [9, 10, 13, 32]
export const [quote, comma, openArray, closeArray, openObject, hash, slash] = [0x22, 0x2c, 0x5b, 0x5d, 0x7b, 0x23, 0x2f]

/** The newline before the next line that starts like a record, or -1. */
export function recordLine(bytes: Buffer, from: number): number {
  let next = bytes.indexOf(newline, from)
  while (next >= 0) {
    const first = bytes[next + 1]
    if (first === openObject || first === openArray || first === quote) return next
    next = bytes.indexOf(newline, next + 1)
  }
  return -1
}

export function isBlank(byte: number): boolean {
  return byte === space || byte === newline || byte === carriage || byte === tab
}
