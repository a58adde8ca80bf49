/** Numbers that are the same on every machine for the same seed. */
export interface Random {
  /** 32 random bits. */
  bits(): number
  /** In [0, 1). */
  unit(): number
  /** An integer in [0, n). */
  below(n: number): number
  /** Log-normal around a median: how long texts, calls and traces really spread. */
  logNormal(median: number, sigma: number): number
  pick<T>(list: readonly [T, ...T[]] | readonly T[]): T
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
  const unit = () => bits() / 4294967296
  const gauss = () => Math.sqrt(-2 * Math.log(unit() + 1e-12)) * Math.cos(2 * Math.PI * unit())
  return {
    bits,
    unit,
    below: n => bits() % n,
    logNormal: (median, sigma) => median * Math.exp(sigma * gauss()),
    pick<T>(list: readonly T[]): T {
      const item = list[bits() % list.length]
      if (item === undefined) throw new Error('Nothing to pick from.')
      return item
    },
  }
}

export function hex(random: Random, digits: number): string {
  let text = ''
  while (text.length < digits) text += random.bits().toString(16).padStart(8, '0')
  return text.slice(0, digits)
}
