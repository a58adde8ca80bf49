import { readFileSync, statSync } from 'node:fs'
import * as fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { WrittenParts } from '../../electron/import/written-parts.ts'
import { corpusFile, corpusIsMissing } from '../helpers/corpus-files.ts'
import { fixture, jsonFiles } from '../helpers/fixtures.ts'
import { readContent, type ReadFile } from './helpers.ts'

/** The same file by the slow way: every record is printed, and the print is kept. */
async function printed(content: string | Uint8Array): Promise<ReadFile> {
  using _ = vi.spyOn(WrittenParts.prototype, 'find').mockReturnValue(false)
  return await readContent(content)
}

async function checkBothWays(content: string | Uint8Array): Promise<void> {
  expect(await readContent(content)).toEqual(await printed(content))
}

/** How many records of a file are kept as they stand. */
async function keptAsWritten(content: string): Promise<number> {
  using find = vi.spyOn(WrittenParts.prototype, 'find')
  await readContent(content)
  return find.mock.results.filter(({ value }) => value === true).length
}

const span = (fields: string, id = 'aaaaaaaaaaaaaaa1') =>
  `{"traceId":"a0b1c2d3e4f5a0b1c2d3e4f5a0b1c2d3","spanId":"${id}","name":"step"${fields}}`
const request = (...spans: string[]) =>
  `{"resourceSpans":[{"resource":{"attributes":[{"key":"a","value":{"intValue":"1"}}]},"scopeSpans":[{"scope":{"name":"s"},"spans":[${spans.join(',')}]}]}]}`
const attribute = (value: string) => span(`,"attributes":{"a":${value}}`)

test('a span that stands as it is printed is kept as it stands', async () => {
  const plain = [
    '1',
    '-1',
    '0.5',
    '-0.25',
    '0.000001',
    '123456789012345',
    '12345.678901234',
    '0.30000000000000004',
    '-0.8500000000000001',
    'true',
    'null',
    '"a\\"b\\\\c\\n"',
    '"é😀"',
    '[]',
    '{"b":[{"c":1}]}',
  ]
  for (const value of plain) {
    const line = request(attribute(value))
    expect([value, await keptAsWritten(line)]).toEqual([value, 1])
    await checkBothWays(line)
  }
  await checkBothWays(plain.map((value, i) => request(attribute(value), span(`,"flags":${i}`, `b${i}`))).join('\n'))
})

test('a span that would be printed otherwise is printed', async () => {
  const odd = [
    '1.0',
    '0.10',
    '1e3',
    '1E-7',
    '0.0000001',
    '-0',
    '0.12345678901234567',
    '0.10000000000000001',
    '[0.30000000000000004,0.30000000000000004]',
    '"a\\/b"',
    '"\\u0041"',
    '"\\ud83d"',
    ' 1',
    '[1, 2]',
    '{"b":1,"b":2}',
    '{"b":1,"1":2}',
    '{"\\u0062":1,"b":2}',
  ]
  for (const value of odd) {
    const line = request(attribute(value))
    expect([value, await keptAsWritten(line)]).toEqual([value, 0])
    await checkBothWays(line)
  }
})

test('an odd span does not touch its neighbours', async () => {
  const line = request(span('', 'b1'), span(', "x":1', 'b2'), span('', 'b3'))
  expect(await keptAsWritten(line)).toBe(2)
  await checkBothWays(line)
})

test('a key that stands twice, or comes first because it is a number, keeps no span as it stands', async () => {
  const spans = `"spans":[${span('', 'b1')}]`
  const others = `"spans":[${span('', 'b2')}]`
  for (const inner of [
    `{${spans},${others}}`,
    `{${spans},"\\u0073pans":[${span('', 'b3')}]}`,
    `{${spans} , "spans" : [ ]}`,
  ]) {
    await checkBothWays(`{"resourceSpans":[{"scopeSpans":[${inner}]}]}`)
  }
  await checkBothWays(`{"resourceSpans":[{"scopeSpans":[{"7":[${span('', 'b1')}],${others}}],"3":[{"a":[{"b":1}]}]}]}`)
  await checkBothWays(`{"x":[{"y":[{"z":[{"u":1}]}]}],"resourceSpans":[{"scopeSpans":[{"a":[{}],${spans}}]}]}`)
})

const value = fc.json({ maxDepth: 3, noUnicodeString: false })
const respell = fc.constantFrom<(json: string) => string>(
  json => json,
  json => json.replaceAll(',', ', '),
  json => json.replaceAll('/', '\\/'),
  json => json.replace(/[\u0080-\uffff]/g, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
)

test('both ways give the same, whatever stands in a span and around it', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 4 }), value, respell, async (values, other, spell) => {
      const spans = values.map((json, i) => span(`,"attributes":${json},"more":[${json}]`, `b${i}`))
      const row = `{"trace_id":"t","span_id":"s","model_name":"m","payload":${other}}`
      const line = request(...spans).replace('"scope":', `"more":[{"x":[{"y":[{"z":${other}}]}]}],"scope":`)
      await checkBothWays([line, spell(line), row, spell(row)].join('\n'))
    }),
    { numRuns: 100 },
  )
})

test('both ways give the same for every fixture', { timeout: 60_000 }, async () => {
  for (const file of jsonFiles(fixture('.'))) await checkBothWays(readFileSync(file))
})

test('both ways give the same for every small dump of the corpus', { timeout: 120_000 }, async context => {
  context.skip(corpusIsMissing !== undefined, corpusIsMissing)
  for (const file of jsonFiles(corpusFile('.')).filter(file => statSync(file).size < 300_000)) {
    await checkBothWays(readFileSync(file))
  }
})
