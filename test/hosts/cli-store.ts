// What tests of the command line share.

import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll } from 'vitest'
import { spanwise } from '../helpers/product.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const folder = temporaryFolder()
export const at = (name: string) => folder.file(name)
export const store = at('cli.spanwise')

export interface Row {
  readonly [field: string]: unknown
}

export const start = 1_780_000_000_123_456_789n
export const evil = 'tool \x1b]52;c;aGk=\x07\x1b[31m\r\x90q\x9c \u202egnp.exe'

export function otlp(spans: readonly Row[]): string {
  return JSON.stringify({ resourceSpans: [{ resource: {}, scopeSpans: [{ scope: { name: 't' }, spans }] }] })
}

export function span(traceId: string, spanId: string, over: Row = {}): Row {
  return {
    traceId,
    spanId,
    name: 'step',
    startTimeUnixNano: String(start),
    endTimeUnixNano: String(start + 1_000_000_001n),
    ...over,
  }
}

export const trace = '5b8efff798038103d269b633813fc60c'
export const other = '5b8efff798038103d269b633813fc60d'

/** Two traces in a store, and files of every sort beside it. */
export function prepareStore(): void {
  afterAll(() => folder[Symbol.dispose]())
  beforeAll(async () => {
    const chat = [
      { key: 'gen_ai.operation.name', value: { stringValue: 'chat' } },
      { key: 'gen_ai.request.model', value: { stringValue: 'small' } },
      { key: 'gen_ai.usage.input_tokens', value: { intValue: '12' } },
      { key: 'gen_ai.usage.output_tokens', value: { intValue: '3' } },
    ]
    const lines = [
      otlp([span(trace, 'aaaaaaaaaaaaaaa1', { name: 'answer' })]),
      otlp([
        span(trace, 'aaaaaaaaaaaaaaa2', { parentSpanId: 'aaaaaaaaaaaaaaa1', name: 'chat small', attributes: chat }),
      ]),
      otlp([span(trace, 'aaaaaaaaaaaaaaa3', { parentSpanId: 'aaaaaaaaaaaaaaa1', name: evil, status: { code: 2 } })]),
      otlp([span(other, 'bbbbbbbbbbbbbbb1', { name: evil })]),
    ]
    writeFileSync(at('good.jsonl'), lines.map(line => `${line}\n`).join(''))
    writeFileSync(at('broken.jsonl'), `${lines[0]}\n{"resourceSpans": [\n${lines[3]}\n`)
    writeFileSync(at('empty.jsonl'), '')
    writeFileSync(at('junk.bin'), Buffer.from([0, 1, 2, 3, 255, 254, 0, 9]))
    writeFileSync(at('not-a-store.spanwise'), 'hello, this is no store at all'.repeat(100))
    const { code, stderr } = await spanwise(['import', at('good.jsonl'), '--store', store])
    if (code !== 0) throw new Error(stderr)
  })
}

// oxlint-disable-next-line no-control-regex
export const acting = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/
