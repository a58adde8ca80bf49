import { expect, test } from 'vitest'
import { otlpSpan, readContent, Reading, request, row, spansOf, type ReadFile } from './helpers.ts'

const names = (file: ReadFile) => spansOf(file).map(({ name }) => name)
const one = (name: string) => JSON.stringify(request(otlpSpan({ name })))
const pretty = (name: string) => JSON.stringify(request(otlpSpan({ name })), null, 2)

/** Every container gives the same whether it comes whole or seven bytes at a time. */
async function read(content: string): Promise<ReadFile> {
  const whole = await readContent(content)
  const pieces = await readContent(content, 7)
  expect(pieces.records).toEqual(whole.records)
  expect(pieces.unreadable).toEqual(whole.unreadable)
  return whole
}

test.each([
  ['a request a line', [one('a'), one('b')].join('\n')],
  ['the last line ended', [one('a'), one('b'), ''].join('\n')],
  ['CRLF and blank lines', ['', one('a'), ' \t', '', one('b'), ''].join('\r\n')],
  ['an array', `[${one('a')},${one('b')}]`],
  ['a pretty array', JSON.stringify([JSON.parse(one('a')), JSON.parse(one('b'))], null, 2)],
  ['an array of lines', `[\n${one('a')},\n${one('b')}\n]\n`],
  ['an array never closed, with a trailing comma', `[\n${one('a')},\n${one('b')},\n`],
  ['a pretty array never closed', `[\n  ${pretty('a')},\n  ${pretty('b')},\n`],
  ['arrays of arrays', `[[${one('a')}],[${one('b')}]]`],
  ['pretty documents one after another', `${pretty('a')}\n${pretty('b')}\n`],
  ['documents without anything between', one('a') + one('b')],
  ['pretty documents without anything between', pretty('a') + pretty('b')],
  ['a document, then lines', `${pretty('a')}\n${one('b')}\n`],
  ['a line, then a document', `${one('a')}\n${pretty('b')}\n`],
  ['JSON in strings', [one('a'), one('b')].map(line => JSON.stringify(line)).join('\n')],
  ['JSON in strings in strings', [one('a'), one('b')].map(line => JSON.stringify(JSON.stringify(line))).join('\n')],
  ['an array in a string', JSON.stringify(`[${one('a')}, ${one('b')}]`)],
  ['log prefixes', `2026-06-05T10:00:00Z DEBUG {sent} ${one('a')}\ndata: ${one('b')}\n`],
  ['comments', `# written by hand\n${one('a')}\n// and\n${one('b')}`],
])('%s', async (_container, content) => {
  const file = await read(content)
  expect(names(file)).toEqual(['a', 'b'])
  expect(file.unreadable).toEqual([])
})

test('JSON in strings in strings in strings is a string', async () => {
  const thrice = JSON.stringify(JSON.stringify(JSON.stringify(one('a'))))
  expect((await read(thrice)).unreadable).toMatchObject([{ line: 1, code: 'import/not-a-record' }])
})

test('many lines after a document are read as lines again', async () => {
  const content = [pretty('first'), ...Array.from({ length: 100 }, (_, i) => one(`line ${i}`)), 'broken', one('last')]
  const file = await read(content.join('\n'))
  expect(file.records).toHaveLength(102)
  expect(file.unreadable).toMatchObject([{ line: pretty('first').split('\n').length + 101 }])
  expect(file.records.at(-1)!.line).toBe(file.unreadable[0]!.line! + 1)
})

test('records know their lines', async () => {
  const file = await read(`\n${one('a')}\n\n${pretty('b')}\n${one('c')}${one('d')}\n`)
  const after = 4 + pretty('b').split('\n').length
  expect(file.records.map(({ line }) => line)).toEqual([2, 4, after, after])
})

test('one broken line in ten thousand costs that line', async () => {
  const lines = Array.from({ length: 10_000 }, (_, i) => JSON.stringify({ ...row(i), span_id: `s${i}` }))
  lines[4999] = '{"trace_id": "t", "span_id": '
  const file = await readContent(lines.join('\n'))
  expect(file.records).toHaveLength(9999)
  const bytes = lines[4999]
  expect(file.unreadable).toEqual([{ line: 5000, code: 'import/not-json', message: 'Not valid JSON.', bytes }])
})

test.each([
  ['inside a string', one('x').slice(0, one('x').indexOf('step') - 3)],
  ['inside a number', '{"trace_id": 1'],
  ['after a comma', '{"trace_id": 1,'],
  ['after a key', '{"trace_id":'],
  ['inside a list', '{"resourceSpans":[{"a":1},'],
  ['with one bracket too many', '{"a":1}}'],
])('a line torn %s costs that line', async (_where, torn) => {
  const file = await read([one('a'), torn, one('b'), one('c'), ''].join('\n'))
  expect(names(file)).toEqual(['a', 'b', 'c'])
  expect(file.unreadable).toMatchObject([{ line: 2 }])
})

test('a broken document costs that document', async () => {
  const broken = pretty('b').replace('"spans": [', '"spans": [,')
  const file = await read([pretty('a'), broken, pretty('c')].join('\n'))
  expect(names(file)).toEqual(['a', 'c'])
  expect(file.unreadable).toMatchObject([{ line: pretty('a').split('\n').length + 1, code: 'import/not-json' }])
})

test('a document broken on its second line, or without its beginning, is one broken record', async () => {
  const second = pretty('b').replace('"resourceSpans"', '"resourceSpans": :')
  expect(names(await read([pretty('a'), second, pretty('c')].join('\n')))).toEqual(['a', 'c'])
  const broken = await read([second, one('c')].join('\n'))
  expect(names(broken)).toEqual(['c'])
  expect(broken.unreadable).toMatchObject([{ line: 1 }])
  const tail = await read(['    "a": 1,', '    "b": 2', '  },', '  "c": 3', '}', one('c')].join('\n'))
  expect(names(tail)).toEqual(['c'])
  expect(tail.unreadable.length).toBeLessThan(5)
})

test('whole spans before a cut count', async () => {
  const content = JSON.stringify(request(otlpSpan({ name: 'a' }), otlpSpan({ name: 'b' }), otlpSpan({ name: 'c' })))
  for (const text of [content, JSON.stringify(JSON.parse(content), null, 2)]) {
    const file = await read(text.slice(0, text.lastIndexOf('endTimeUnixNano')))
    expect(names(file)).toEqual(['a', 'b'])
    expect(file.unreadable).toMatchObject([{ line: 1, code: 'import/truncated' }])
  }
})

test('whole spans before a cut count in exports too, and lists inside a span are no spans', async () => {
  const observation = (id: string) => ({
    id,
    traceId: 't',
    type: 'SPAN',
    name: id,
    metadata: { spans: [{ observations: [] }, { a: 1 }] },
  })
  const content = JSON.stringify({ trace: { id: 't' }, observations: [observation('a'), observation('b')] })
  const whole = await read(content)
  for (const mark of ['"a":1', '"name":"b"']) {
    const file = await read(content.slice(0, content.lastIndexOf(mark) + 4))
    expect(file.records.length).toBe(whole.records.length - 1)
    expect(names(file)).toContain('a')
    expect(file.unreadable).toMatchObject([{ code: 'import/truncated' }])
  }
})

test('a cut at any place never costs more than the record it cuts', async () => {
  const content = [one('a'), one('b'), pretty('c')].join('\n')
  const reading = new Reading()
  for (let cut = 1; cut < content.length; cut += 3) {
    const whole = names(await reading.read(content.slice(0, cut)))
    const expected = ['a', 'b', 'c'].slice(
      0,
      [one('a'), one('b')].filter((_, i) => cut >= [one('a').length, one('a').length + 1 + one('b').length][i]!).length,
    )
    expect(whole.slice(0, expected.length)).toEqual(expected)
    expect(whole.length - expected.length).toBeLessThanOrEqual(1)
  }
})

test.each(['null', '42', '"just a string"', '[]', '[1, 2]', 'true'])('%s between records is no record', async text => {
  const file = await read([one('a'), text, one('b')].join('\n'))
  expect(names(file)).toEqual(['a', 'b'])
  expect(file.unreadable).toMatchObject([{ line: 2, code: 'import/not-a-record' }])
})

test('what Python and JavaScript print instead of numbers is absent, but a cost is one that is no amount', async () => {
  const file = await read(
    '{"trace_id":"t","span_id":"s","latency_ms":NaN,"cost_usd":Infinity,"input_tokens":-Infinity,"x":[NaN,1,],}',
  )
  expect(JSON.parse(file.records[0]!.record)).toMatchObject({
    latency_ms: null,
    cost_usd: 'Infinity',
    input_tokens: null,
    x: [null, 1],
  })
})

test('a Python value is told from JSON', async () => {
  const file = await read(`${one('a')}\n{'trace_id': 'x', 'ok': True}\n`)
  expect(file.unreadable).toMatchObject([{ line: 2, message: expect.stringContaining('repr()') as string }])
})

test('digits a double cannot hold are kept', async () => {
  const numbers = '{"big":1731412345678901234,"long":0.12345678901234567890123,"huge":1e400,"small":1,"half":0.1}'
  const file = await read(`{"trace_id":"t","span_id":"s","model_name":"m","payload":${numbers}}`)
  expect(file.records[0]!.record).toContain(numbers)
})

test('of a key that stands twice the last counts, minus zero is zero, and a number past all numbers stays a text', async () => {
  const file = await readContent('{"trace_id":"t","span_id":"s","model_name":"m","a":1,"a":2,"z":-0,"big":1e400}')
  expect(file.unreadable).toEqual([])
  expect(spansOf(file)[0]!.attributes).toMatchObject({ a: 2, big: '1e400' })
  expect(Number(spansOf(file)[0]!.attributes['z'])).toBeCloseTo(0)
})

test('invalid UTF-8 is replaced and marked, its neighbours are not', async () => {
  const line = Buffer.from(JSON.stringify(row('caf? and more')))
  line[line.indexOf('?')] = 0xe9
  const file = await readContent(
    Buffer.concat([line, Buffer.from(`\n${JSON.stringify({ ...row('fine'), span_id: 's2' })}`)]),
  )
  expect(file.records.map(({ marks }) => marks.includes('repaired-text'))).toEqual([true, false])
  expect(JSON.parse(file.records[0]!.record)).toEqual(row('caf\ufffd and more'))
})

test('half a surrogate pair is kept and marked', async () => {
  for (const text of ['short \ud83d', `${'long '.repeat(50)}\udc00`]) {
    const file = await read(JSON.stringify(row(text)))
    expect(file.records[0]!.marks).toContain('repaired-text')
    expect(JSON.parse(file.records[0]!.record)).toEqual(row(text))
  }
})

test('names that mean something to JavaScript are data', async () => {
  const file = await read(
    '{"trace_id":"t","span_id":"s","model_name":"m","__proto__":{"x":1},"constructor":{"prototype":{"x":1}}}',
  )
  expect(file.records[0]!.record).toContain('"__proto__":{"x":1}')
  expect(Object.keys(spansOf(file)[0]!.attributes)).toContain('__proto__')
  expect(({} as { x?: unknown }).x).toBeUndefined()
})
