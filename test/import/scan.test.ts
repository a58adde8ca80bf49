import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readContent, row } from './helpers.ts'

/** Strings as dumps hold them: long, escaped, JSON inside JSON, NUL at the front, half surrogate pairs. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({
    unit: fc.constantFrom('\\', '"', '\u0000', '\n', '\ud83d', '\ude00', 'é', '{', '}', '[', ']', ',', ' '),
    maxLength: 400,
  }),
  fc.string({ maxLength: 200 }).map(s => `\u0000${s}`),
  fc.nat(20).map(n => `\u0000${n}`),
  fc.string({ minLength: 128, maxLength: 2000 }),
)
const message = fc.record(
  { role: fc.constantFrom('user', 'tool'), content: text, n: fc.integer() },
  { requiredKeys: ['role'] },
)
const embedded = fc
  .tuple(fc.array(message, { maxLength: 8 }), fc.constantFrom(',', ', ', ' ,', ',\n'))
  .map(([list, separator]) => `[${list.map(item => JSON.stringify(item)).join(separator)}]`)
const nested = fc.letrec(tie => ({
  value: fc.oneof(
    { depthSize: 'small' },
    text,
    embedded,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(text, fc.constantFrom('__proto__', 'constructor', '')), tie('value'), { maxKeys: 4 }),
  ),
})).value

/** The same value the way different writers print it. */
const print = fc.constantFrom<(value: unknown) => string>(
  value => JSON.stringify(value),
  value =>
    JSON.stringify(value).replace(/[\u0080-\uffff]/g, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
  value => JSON.stringify(value).replaceAll('/', '\\/'),
)

/** As text: a comparison of objects would not see a key named __proto__. */
const normal = (json: string): string => JSON.stringify(JSON.parse(json))

test('what is kept gives back what was written, in pieces of any size', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(nested, { minLength: 1, maxLength: 4 }),
      print,
      fc.constantFrom(7, 64, 1 << 16),
      async (values, printed, size) => {
        const lines = values.map(value => printed(row(value)))
        const file = await readContent(lines.join('\n'), size)
        expect(file.unreadable).toEqual([])
        expect(file.records.map(({ record }) => normal(record))).toEqual(lines.map(normal))
      },
    ),
    { numRuns: 300 },
  )
})

test('pretty-printed documents one after another give the same', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(nested, { minLength: 1, maxLength: 3 }),
      fc.constantFrom(7, 1 << 16),
      async (values, size) => {
        const documents = values.map(value => JSON.stringify(row(value), null, 2))
        const file = await readContent(documents.join('\n'), size)
        expect(file.records.map(({ record }) => normal(record))).toEqual(documents.map(normal))
      },
    ),
    { numRuns: 100 },
  )
})

const long = (name: string) => name.padEnd(200, '.')

test('an embedded list of messages is cut into its elements, and each is stored once', async () => {
  const messages = ['a', 'b', 'c'].map(name => ({ role: 'user', content: long(name) }))
  const lines = [1, 2, 3].map(n => JSON.stringify({ ...row(JSON.stringify(messages.slice(0, n))), span_id: `s${n}` }))
  const file = await readContent(lines.join('\n'))
  expect(file.bodies).toEqual(messages.map(one => JSON.stringify(one)))
  expect(JSON.parse(file.records[2]!.kept)).toMatchObject({ payload: '\u0000[,1,2,3' })
})

test('a list that could not be joined again as it was stays in one piece', async () => {
  const element = JSON.stringify({ content: long('a') })
  for (const list of [
    `[${element} ,${element}]`,
    `[${element},${element}, ${element}]`,
    `[${element} ]`,
    `[${element},5]`,
  ]) {
    const file = await readContent(JSON.stringify(row(list)))
    expect(file.bodies).toEqual([list])
    expect(JSON.parse(file.records[0]!.record)).toEqual(row(list))
  }
})

test('two spellings of one text are one body', async () => {
  const content = long('naïve ')
  const escaped = JSON.stringify(row(content)).replace('ï', '\\u00ef')
  const file = await readContent([JSON.stringify(row(content)), escaped].join('\n'))
  expect(file.bodies).toEqual([content])
  expect(new Set(file.records.map(({ hash }) => hash)).size).toBe(1)
})

test('a text that looks like a reference is cut out, however short', async () => {
  const file = await readContent(JSON.stringify(row('\u00001')))
  expect(file.bodies).toEqual(['\u00001'])
  expect(JSON.parse(file.records[0]!.record)).toEqual(row('\u00001'))
})
