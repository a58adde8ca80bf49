import { seededRandom as generatorOf } from '../../shared/statistics/random.ts'

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

export function seededRandom(seed: number): Random {
  const generator = generatorOf(seed)
  const bits = () => generator.bits()
  const unit = () => generator.unit()
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
