/** Numbers that are the same on every machine for the same seed: whoever compares twice reads the same interval twice. */
export interface Random {
  /** 32 random bits. */
  bits(): number
  /** In [0, 1). */
  unit(): number
  /** Fills with integers in [0, n), n at most 2^32. One call for many: the state stays in registers. */
  fillBelow(into: Uint32Array, n: number): void
}

/** sfc32, seeded and warmed up. */
export function seededRandom(seed: number): Random {
  let a = 0x9e3779b9 ^ seed
  let b = 0x243f6a88
  let c = 0xb7e15162
  let counter = 1
  const bits = () => {
    const t = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return t >>> 0
  }
  for (let i = 0; i < 16; i++) bits()
  return {
    bits,
    unit: () => bits() / 4294967296,
    fillBelow(into, n) {
      const step = n / 4294967296
      // Of a power of two the upper bits are the number, and 32 bits are two of them.
      const halves = n > 1 && n <= 65536 && Number.isInteger(Math.log2(n)) ? 16 - Math.log2(n) : -1
      let [s, t, u, at] = [a, b, c, counter]
      for (let i = 0; i < into.length; i++) {
        const drawn = (((s + t) | 0) + at) | 0
        at = (at + 1) | 0
        s = t ^ (t >>> 9)
        t = (u + (u << 3)) | 0
        u = (u << 21) | (u >>> 11)
        u = (u + drawn) | 0
        if (halves < 0) into[i] = (drawn >>> 0) * step
        else {
          into[i++] = (drawn & 65535) >>> halves
          // Past the end nothing is written.
          into[i] = drawn >>> (halves + 16)
        }
      }
      a = s
      b = t
      c = u
      counter = at
    },
  }
}

/** A standard normal number (Marsaglia's polar method). */
function normalDraw(random: Random): number {
  for (;;) {
    const u = 2 * random.unit() - 1
    const v = 2 * random.unit() - 1
    const square = u * u + v * v
    if (square > 0 && square < 1) return u * Math.sqrt((-2 * Math.log(square)) / square)
  }
}

/** A gamma number of any positive shape (Marsaglia and Tsang 2000). */
function gammaDraw(shape: number, random: Random): number {
  if (shape < 1) return gammaDraw(shape + 1, random) * (1 - random.unit()) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normalDraw(random)
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - random.unit()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v
  }
}

/** A Beta(a, b) number. */
export function betaDraw(a: number, b: number, random: Random): number {
  const x = gammaDraw(a, random)
  const sum = x + gammaDraw(b, random)
  return sum > 0 ? x / sum : a / (a + b)
}
