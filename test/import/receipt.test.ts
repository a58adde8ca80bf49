// What an import says about itself, figure by figure.

import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runImport } from '../../electron/import/run-import.ts'
import { buildWasm, cached } from '../../electron/wasm/build.mjs'
import { showBytes } from '../../electron/import/show-bytes.ts'
import { openStore } from '../../electron/store/open.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { otlpSpan, request, row } from './helpers.ts'

beforeAll(() => buildWasm(cached))
const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())

let files = 0
function file(...records: readonly (object | string | Buffer)[]): string {
  const place = folder.file(`${++files}.jsonl`)
  const lines = records.map(record =>
    Buffer.isBuffer(record) ? record : Buffer.from(typeof record === 'string' ? record : JSON.stringify(record)),
  )
  writeFileSync(place, Buffer.concat(lines.flatMap(line => [line, Buffer.from('\n')])))
  return place
}

const newStore = () => openStore(folder.file(`${++files}.spanwise`), { create: true })

async function receiptOf(...paths: readonly string[]) {
  const store = newStore()
  const receipt = await runImport(
    store,
    paths.map(path => ({ path })),
  )
  store.close()
  return receipt
}

const chat = { 'gen_ai.operation.name': 'chat', 'gen_ai.usage.input_tokens': 3, 'gen_ai.usage.output_tokens': 2 }

test('formats are counted record by record, and the commonest says how sure it is', async () => {
  const { files: read } = await receiptOf(
    file(request(otlpSpan()), request(otlpSpan()), { ...row('x') }),
    file({ trace_id: 't', model_name: 'm', prompt_name: 'p' }),
  )
  expect(read).toMatchObject([
    { format: 'otlp-json', formats: { 'otlp-json': 2, flat: 1 }, sure: 'certain' },
    { format: 'flat', formats: { flat: 1 }, sure: 'likely' },
  ])
})

test('tokens and times are told file by file', async () => {
  const [early, late] = ['1780000000000000001', '1780000005000000007']
  const one = otlpSpan({ attributes: chat, startTimeUnixNano: early, endTimeUnixNano: '1780000000000000999' })
  const two = otlpSpan({ attributes: chat, startTimeUnixNano: '1780000001000000000', endTimeUnixNano: late })
  const three = otlpSpan({ startTimeUnixNano: '0' })
  const { files: read, totals } = await receiptOf(file(request(one, two)), file(request(three)))
  expect(totals).toMatchObject({ inputTokens: 6, outputTokens: 4 })
  expect(read[0]).toMatchObject({ inputTokens: 6, outputTokens: 4, firstTime: early, lastTime: late })
  expect(read[1]).toMatchObject({ inputTokens: 0, outputTokens: 0 })
  expect(read[1]).not.toHaveProperty('firstTime')
})

test('marks are counted once a span, with those that only the whole trace shows', async () => {
  const self = '00000000000000a1'
  const spans = [
    otlpSpan({ spanId: self, parentSpanId: self }),
    otlpSpan({ parentSpanId: '00000000000000ff', endTimeUnixNano: undefined }),
  ]
  const { files: read } = await receiptOf(file(request(...spans), request(...spans)))
  expect(read[0]!.marks).toEqual({ 'self-parent': 1, orphan: 1, unfinished: 1 })
})

test('attributes that nothing reads are counted by name, the commonest first', async () => {
  const said = { ...chat, 'my.note': 'x', 'input.value': 'read by every reading' }
  const first = file(request(otlpSpan({ attributes: said }), otlpSpan({ attributes: { ...said, other: 1 } })))
  const second = file(request(otlpSpan({ attributes: { other: 2, 'session.id': 's' } })))
  const { files: read, totals } = await receiptOf(first, second)
  expect(read[0]).toMatchObject({
    unreadFields: [
      { name: 'my.note', spans: 2 },
      { name: 'other', spans: 1 },
    ],
    unreadFieldCount: 2,
  })
  expect(read[1]).toMatchObject({ unreadFields: [{ name: 'other', spans: 1 }], unreadFieldCount: 1 })
  expect(totals.unreadFields).toBe(2)
})

test('very many different names are counted, and two hundred listed, cut where they are long', async () => {
  const long = 'n'.repeat(1 << 20)
  const many = Object.fromEntries(Array.from({ length: 25_000 }, (_, i) => [`name ${i}`, i]))
  const { files: read, totals } = await receiptOf(
    file(
      request(otlpSpan({ attributes: { [long]: 1, common: 1 } }), otlpSpan({ attributes: { common: 1, [long]: 1 } })),
    ),
    file(request(otlpSpan({ attributes: many }))),
  )
  expect(read[0]!.unreadFields).toContainEqual({ name: `${'n'.repeat(200)}… (1048576 characters)`, spans: 2 })
  expect(read[1]!.unreadFieldCount).toBeGreaterThan(9_000)
  expect(read[1]!.unreadFields).toHaveLength(200)
  expect(totals.unreadFields).toBe(read[1]!.unreadFieldCount + 2)
})

test('records of one span that disagree are listed field by field, by the import that brought the disagreement', async () => {
  const ids = { traceId: 'b'.repeat(32), spanId: 'c'.repeat(16), endTimeUnixNano: undefined }
  const said = (attributes: object) => request(otlpSpan({ ...ids, attributes }))
  const first = said({ a: 1, same: 'x', big: 'b'.repeat(500) })
  const second = said({ a: 2, same: 'x', big: 'c'.repeat(500) })
  const store = newStore()
  const one = await runImport(store, [{ path: file(first) }, { path: file(second) }])
  expect(one.totals.conflicts).toBe(2)
  expect(one.files.map(({ conflictCount }) => conflictCount)).toEqual([0, 2])
  expect(one.files[1]!.conflicts).toEqual([
    { traceId: ids.traceId, spanId: ids.spanId, field: 'a', kept: '2', other: '1' },
    {
      traceId: ids.traceId,
      spanId: ids.spanId,
      field: 'big',
      kept: `"${'c'.repeat(200)}…"`,
      other: `"${'b'.repeat(200)}…"`,
    },
  ])
  const again = await runImport(store, [{ path: file(first) }, { path: file(second) }])
  expect(again.totals).toMatchObject({ conflicts: 0, added: 0, known: 1 })
  const third = await runImport(store, [{ path: file(said({ a: 2, same: 'y' })) }])
  expect(third.files[0]).toMatchObject({
    conflictCount: 1,
    conflicts: [{ field: 'same', kept: '"y"', other: '"x"' }],
  })
  const text = await runImport(store, [{ path: file(said({ a: '2', same: 'y' })) }])
  expect(text.files[0]!.conflicts, 'a text is told from a number').toMatchObject([
    { field: 'a', kept: '"2"', other: '2' },
  ])
  store.close()
})

test('of the first hundred unreadable records their first bytes are shown', async () => {
  const broken = Array.from({ length: 150 }, (_, i) => `{"broken": ${i}`)
  const { files: read } = await receiptOf(
    file(row(1), Buffer.from([0x7b, 0xff, 0x00, 0xc3, 0xa9, 0x0a]), ...broken),
    file(request({ odd: 'no span' })),
  )
  const shown = read[0]!.unreadable
  expect(shown[0]!.bytes).toBe('{\\xff\\x00é')
  expect(shown[1]!.bytes).toBe('{"broken": 0')
  expect(shown.filter(({ bytes }) => bytes !== undefined)).toHaveLength(100)
  expect(read[1]!.unreadable).toMatchObject([{ code: 'import/not-a-span', bytes: '{"odd":"no span"}' }])
})

test('bytes that are shown are whole characters, at most 512 of them', () => {
  expect(showBytes(Buffer.from('é'.repeat(400)))).toBe('é'.repeat(256))
  expect(showBytes(Buffer.from(`x${'é'.repeat(400)}`))).toBe(`x${'é'.repeat(255)}`)
  expect(showBytes(Buffer.from(`xyz${'😀'.repeat(200)}`))).toBe(`xyz${'😀'.repeat(127)}`)
  expect(showBytes(Buffer.from('a\u001b[31m\ttab'))).toBe('a\\x1b[31m\ttab')
  expect(showBytes(Buffer.from([0xed, 0xa0, 0x80, 0xf5]))).toBe('\\xed\\xa0\\x80\\xf5')
})

test('messages are those of calls that count', async () => {
  const call = { ...chat, 'input.value': 'question', 'output.value': 'answer' }
  const { files: read, totals } = await receiptOf(
    file(request(otlpSpan({ attributes: call }), otlpSpan({ attributes: chat }))),
  )
  expect(totals.messages).toBe(2)
  expect(read[0]!.messages).toBe(2)
})

test('the same file twice is known, and other content under known ids is merged and told', async () => {
  const ids = { traceId: 'd'.repeat(32), spanId: 'e'.repeat(16) }
  const said = (answer: string) => request(otlpSpan({ ...ids, attributes: { ...chat, answer } }))
  const store = newStore()
  const first = await runImport(store, [{ path: file(said('one')) }])
  expect(first.totals).toMatchObject({ spans: 1, added: 1, known: 0, conflicts: 0 })
  const again = await runImport(store, [{ path: file(said('one')) }])
  expect(again.totals).toMatchObject({ spans: 1, added: 0, known: 1, conflicts: 0 })
  const other = await runImport(store, [{ path: file(said('two')) }])
  expect(other.totals).toMatchObject({ spans: 1, added: 0, known: 1, conflicts: 1 })
  expect(other.files[0]).toMatchObject({
    marks: { merged: 1, conflict: 1 },
    conflicts: [{ ...ids, field: 'answer', kept: '"two"', other: '"one"' }],
  })
  store.close()
})

test('a text past what one record may hold costs that record, the rest of the file is read', async () => {
  const piece = Buffer.alloc(8 << 20, 'x')
  const pieces = [`${JSON.stringify(row(1))}\n{"trace_id":"t","span_id":"big","model_name":"m","text":"`]
  let sent = 0
  const next = (): Promise<Uint8Array | undefined> => {
    sent++
    if (sent === 1) return Promise.resolve(Buffer.from(pieces[0]!))
    if (sent <= 76) return Promise.resolve(new Uint8Array(piece))
    return Promise.resolve(
      sent === 77 ? Buffer.from(`"}\n${JSON.stringify({ ...row(2), span_id: 'after' })}\n`) : undefined,
    )
  }
  const store = newStore()
  const { totals, files: read } = await runImport(store, [{ path: '600 MB', next }])
  store.close()
  expect(totals).toMatchObject({ spans: 2, unreadable: 1 })
  expect(read[0]!.unreadable).toMatchObject([{ line: 2, code: 'import/record-too-large' }])
  expect(read[0]!.unreadable[0]!.bytes).toHaveLength(512)
}, 60_000)
