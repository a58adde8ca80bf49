import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { dumpKinds, generateDump } from './generate.ts'

test('the same seed writes the same bytes, on every machine', () => {
  using folder = temporaryFolder()
  const file = folder.file('dump.jsonl')
  const summary = generateDump(file, { bytes: 1e6, seed: 1, kind: 'full', giants: [] })
  expect(summary).toEqual({ bytes: 4854535, lines: 18, traces: 12, spans: 219, calls: 110 })
  expect(createHash('sha256').update(readFileSync(file)).digest('hex')).toBe(
    '49d33079cac878a946675e1d5d500ccd39679fbe2ca7bc41dc7a640b2bebcb8c',
  )
})

test.for(dumpKinds)('%s: every line is a request, and the summary counts them', kind => {
  using folder = temporaryFolder()
  const file = folder.file('dump.jsonl')
  const summary = generateDump(file, { bytes: 2e6, seed: 3, kind, giants: [300] })
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  const spans = lines.flatMap(line => (JSON.parse(line) as Request).resourceSpans[0]!.scopeSpans[0]!.spans)
  expect(summary).toMatchObject({ lines: lines.length, spans: spans.length, bytes: readFileSync(file).length })
  expect(new Set(spans.map(span => span.spanId)).size).toBe(spans.length)
  expect(spans.filter(span => span.name.startsWith('chat ')).length).toBe(summary.calls)
})

interface Request {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly { spanId: string; name: string }[] }[]
  }[]
}
