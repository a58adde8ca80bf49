import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { namesAt, removeValue, setValue, valueAt } from '../../shared/replay/json-edit.ts'

describe('one value of a JSON text', () => {
  test('is changed, and nothing else: digits, escapes, repeated names and white space stay', () => {
    const text = '\n{ "model":"a\\u002fb",  "n": 1.0,"big": 12345678901234567890, "n": 1e3, "s":"\\u00e9\\/" }\n'
    expect(setValue(text, ['big'], '1')).toBe(text.replace('12345678901234567890', '1'))
    // Of a name that is there twice the last one counts, for JSON.parse too.
    expect(setValue(text, ['n'], '0')).toBe(text.replace('1e3', '0'))
    expect(setValue(text, ['model'], '"m"')).toBe(text.replace('"a\\u002fb"', '"m"'))
  })

  test('is found under a name that is written with escapes', () => {
    expect(setValue('{"mod\\u0065l":"a"}', ['model'], '"b"')).toBe('{"mod\\u0065l":"b"}')
  })

  test('is put behind the last member, in the style of the object', () => {
    expect(setValue('{"a":1}', ['b'], '2')).toBe('{"a":1,"b":2}')
    expect(setValue('{"a": 1}', ['b'], '2')).toBe('{"a": 1, "b": 2}')
    expect(setValue('{"a": 1, "c": 3}', ['b'], '2')).toBe('{"a": 1, "c": 3, "b": 2}')
    expect(setValue('{\n  "a": 1\n}', ['b'], '2')).toBe('{\n  "a": 1,\n  "b": 2\n}')
    expect(setValue('{ }', ['b'], '2')).toBe('{"b": 2}')
    expect(setValue('{"a":{}}', ['a', 'b', 'c'], '2')).toBe('{"a":{"b": {"c": 2}}}')
  })

  test('is found in lists; a list grows by nobody', () => {
    const text = '{"messages":[{"content":"a"},{"content":"b"}]}'
    expect(setValue(text, ['messages', '1', 'content'], '"c"')).toBe(text.replace('"b"', '"c"'))
    expect(setValue(text, ['messages', '2'], '{}')).toBeUndefined()
    expect(setValue(text, ['messages', 'x'], '{}')).toBeUndefined()
  })

  test('is taken out with one comma', () => {
    expect(removeValue('{"a":1, "b":2, "c":3}', ['b'])).toBe('{"a":1, "c":3}')
    expect(removeValue('{"a":1, "b":2}', ['a'])).toBe('{ "b":2}')
    expect(removeValue('{"a":1}', ['a'])).toBe('{}')
    expect(removeValue('{"a":1,"b":2,"a":3}', ['a'])).toBe('{"b":2}')
    expect(removeValue('{"a": [ 1.0, {"b": "]"} ,3 ]}', ['a', '1'])).toBe('{"a": [ 1.0 ,3 ]}')
    expect(removeValue('[1, 2]', ['0'])).toBe('[ 2]')
    expect(removeValue('[1]', ['0'])).toBe('[]')
    expect(removeValue('[1]', ['1'])).toBe('[1]')
  })

  test('lies as deep as it will', () => {
    const deep = `${'{"a":['.repeat(20_000)}1${']}'.repeat(20_000)}`
    expect(setValue(`{"x":${deep},"y":1}`, ['y'], '2')).toBe(`{"x":${deep},"y":2}`)
  })
})

const space = fc.constantFrom('', ' ', '\n  ', '\t')
const number = fc.constantFrom('0', '-0', '1.0', '1e3', '12345678901234567890', '0.1000000000000000055', '-1.50')
const string = fc.oneof(
  fc.string().map(text => JSON.stringify(text)),
  fc.constantFrom('"\\u00e9\\/"', '"\\ud83d\\ude00"', '"a\\\\"', '"{\\"x\\": [1,"'),
)
const name = fc.oneof(fc.constantFrom('model', 'temperature', '__proto__', 'a'), fc.string({ maxLength: 4 }))
const { value } = fc.letrec<{ value: string; object: string }>(tie => ({
  value: fc.oneof(
    { maxDepth: 3 },
    number,
    string,
    fc.constantFrom('true', 'null'),
    tie('object'),
    fc.tuple(space, fc.array(tie('value'), { maxLength: 3 })).map(([gap, items]) => `[${gap}${items.join(`,${gap}`)}]`),
  ),
  object: fc
    .tuple(space, space, fc.array(fc.tuple(name, tie('value')), { maxLength: 5 }))
    .map(
      ([gap, after, members]) =>
        `{${gap}${members.map(([key, item]) => `${JSON.stringify(key)}:${after}${item}`).join(`,${gap}`)}${gap}}`,
    ),
}))

test('5,000 random texts: what is set is what JSON.parse reads, and all other characters stay', () => {
  const member = fc.tuple(name, value, value, space)
  fc.assert(
    fc.property(fc.array(member, { minLength: 1, maxLength: 6 }), name, value, (members, key, put) => {
      const text = `{${members.map(([own, item, , gap]) => `${gap}${JSON.stringify(own)}:${gap}${item}`).join(',')}}`
      const found = valueAt(text, [key])
      const edited = setValue(text, [key], put)!
      const before = JSON.parse(text) as object
      expect(found !== undefined).toBe(Object.hasOwn(before, key))
      const wanted = Object.entries(before).filter(([own]) => own !== key)
      const after = JSON.parse(edited) as Record<string, unknown>
      expect(Object.entries(after).filter(([own]) => own !== key)).toEqual(wanted)
      expect(Object.getOwnPropertyDescriptor(after, key)?.value).toEqual(JSON.parse(put))
      const { start, end } = found ?? { start: text.trimEnd().length - 1, end: text.length }
      expect(edited.startsWith(text.slice(0, found ? start : text.lastIndexOf('}')).trimEnd())).toBe(true)
      const replaced = text.slice(0, start) + put + text.slice(end)
      expect(found ? edited : replaced).toBe(replaced)
      expect(new Set(namesAt(edited, []))).toEqual(new Set(Object.keys(after)))
    }),
    { numRuns: 5000 },
  )
})
