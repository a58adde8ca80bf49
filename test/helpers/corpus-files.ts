// Third-party dumps, which are never copied: found by SPANWISE_CORPUS, else beside the checkout.

import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { checkout } from './product.ts'

const folder = process.env['SPANWISE_CORPUS'] ?? path.join(checkout, '../shared/samples')

/** A sentence for the skipped test when the corpus is not there. */
export const corpusIsMissing = existsSync(path.join(folder, 'EXPECTED.json'))
  ? undefined
  : `no corpus at ${folder}: set SPANWISE_CORPUS`

export function corpusFile(name: string): string {
  return path.join(folder, name)
}

export const figures = ['spans', 'traces', 'calls', 'inputTokens', 'outputTokens', 'unreadable'] as const

/** The accepted values of each figure; a figure that is absent is open. */
export type Expected = { readonly [figure in (typeof figures)[number]]?: readonly number[] }

/** What an independent reader counted, by file. */
export function readExpected(): ReadonlyMap<string, Expected> {
  if (corpusIsMissing !== undefined) return new Map()
  const { files } = JSON.parse(readFileSync(corpusFile('EXPECTED.json'), 'utf8')) as { files: Record<string, Expected> }
  return new Map(Object.entries(files))
}

/** `figure  expected  got`, one line for each figure that is not among the accepted values; empty when all are. */
export function differences(expected: Expected, totals: Partial<Record<string, number>>): string {
  return figures
    .filter(figure => expected[figure] && !expected[figure].includes(totals[figure] ?? NaN))
    .map(
      figure =>
        `${figure.padEnd(14)}expected ${expected[figure]!.join(' or ').padEnd(14)}got ${totals[figure] ?? 'nothing'}`,
    )
    .join('\n')
}
