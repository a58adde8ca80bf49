// The bundled sample holds what its README promises, read by the built product.

import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { checkout, importInto, listTraces, showTrace } from '../helpers/product.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

interface Planted {
  readonly traces: number
  readonly spans: number
  readonly tokens: { readonly input: number; readonly output: number }
  readonly orphan: { readonly traceId: string; readonly spanId: string }
  readonly failingTool: {
    readonly name: string
    readonly message: string
    readonly traceId: string
    readonly spanId: string
  }
}

const planted = JSON.parse(readFileSync(path.join(checkout, 'resources/sample/planted.json'), 'utf8')) as Planted

test('the sample is read whole, and what was planted in it is found', async () => {
  using folder = temporaryFolder()
  const store = folder.file('store.spanwise')
  const { code, receipt } = await importInto(store, [path.join(checkout, 'resources/sample/traces.jsonl.gz')])
  expect(code).toBe(0)
  expect(receipt.totals).toMatchObject({
    traces: planted.traces,
    spans: planted.spans,
    added: planted.spans,
    inputTokens: planted.tokens.input,
    outputTokens: planted.tokens.output,
    unreadable: 0,
  })
  expect(await listTraces(store)).toHaveLength(planted.traces)

  const { failingTool, orphan } = planted
  const failing = (await showTrace(store, failingTool.traceId)).spans.find(span => span.id === failingTool.spanId)
  expect(failing).toMatchObject({ kind: 'tool', status: 'error', statusMessage: failingTool.message })
  const alone = (await showTrace(store, orphan.traceId)).spans.find(span => span.id === orphan.spanId)
  expect(alone?.marks).toContain('orphan')
})
