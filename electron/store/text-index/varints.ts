// SQLite's numbers of variable length, here below 2^49: seven bits a byte, the highest first.

/** Answers how many bytes it took. */
export function putVarint(bytes: Uint8Array, at: number, value: number): number {
  const length = lengthOf(value)
  let rest = value
  for (let i = length - 1; i >= 0; i--) {
    bytes[at + i] = (rest % 128) | (i === length - 1 ? 0 : 128)
    rest = Math.floor(rest / 128)
  }
  return length
}

export function lengthOf(value: number): number {
  let length = 1
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) length++
  return length
}

/** Past the end everything is 0: the bytes may come from a damaged file. */
export function varintAt(bytes: Uint8Array, at: number): number {
  let value = 0
  for (let i = at; ; i++) {
    value = value * 128 + ((bytes[i] ?? 0) & 127)
    if ((bytes[i] ?? 0) < 128) return value
  }
}
