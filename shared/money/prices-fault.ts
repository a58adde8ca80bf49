import type { Prices } from './book.ts'
import { unitWords } from './cost-words.ts'
import { compileSheet, lackOf } from './sheet.ts'
import { unitOfPrice } from './units.ts'

/** Why prices cannot be summed, as the end of a sentence; undefined where they can. */
export function faultOf(prices: Prices): string | undefined {
  const names = Object.keys(prices)
  if (names.length === 0) return 'there is none'
  const stranger = names.find(name => !unitOfPrice(name))
  if (stranger !== undefined) {
    return `there is nothing called ${JSON.stringify(stranger.slice(0, 60))}; use names such as input_mtok and output_mtok`
  }
  const lack = lackOf(names.map(name => unitOfPrice(name)!))
  if (lack) {
    const wanted = lack.lacks ? unitWords(lack.lacks.name) : 'what they have in common'
    return `a price of ${unitWords(lack.of.name)} needs one of ${wanted} beside it`
  }
  return compileSheet(prices) ? undefined : 'a price is below zero, or finer than can be summed exactly'
}
