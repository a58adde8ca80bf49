import { readFileSync } from 'node:fs'
import type { PriceBook } from '../../shared/money/book.ts'
import { Pricer } from '../../shared/money/pricer.ts'
import { frozenFile } from './freeze-prices.ts'

export const bundled: PriceBook = { ...JSON.parse(readFileSync(frozenFile, 'utf8')), rules: [] }

/** Our own book is ours: its expressions may look ahead. */
export const trusted = (source: string, name: string) => new RegExp(source).test(name)

export const bundledPricer = () => new Pricer(bundled, trusted)
