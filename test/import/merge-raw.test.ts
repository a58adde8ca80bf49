import { expect, test } from 'vitest'
import { mergeRaw } from '../../electron/import/merge-raw.ts'
import { rawSpan } from '../conventions/read-dump.ts'

test('a record that says more about the same things updates, and contradicts nothing', () => {
  const posted = rawSpan({
    start: 1n,
    attributes: { outputs: {}, extra: { runtime: { sdk: 'js' }, metadata: { a: 1 } } },
  })
  const patched = rawSpan({
    start: 1n,
    end: 2n,
    attributes: { outputs: { text: 'yes' }, extra: { metadata: { a: 1, b: 2 } } },
  })
  const merged = mergeRaw([patched, posted])
  expect(merged.attributes['outputs']).toEqual({ text: 'yes' })
  expect(merged.attributes['extra']).toEqual({ runtime: { sdk: 'js' }, metadata: { a: 1, b: 2 } })
  expect(merged.marks).toEqual(['merged'])
})

test('values inside an object may contradict each other; an empty one takes nothing back', () => {
  const told: string[] = []
  const first = rawSpan({ end: 1n, attributes: { extra: { a: 1 }, tags: ['x'] } })
  const second = rawSpan({ end: 2n, attributes: { extra: { a: 2 }, tags: [] } })
  const merged = mergeRaw([first, second], ({ field }) => told.push(field))
  expect(told).toEqual(['extra'])
  expect(merged.attributes).toMatchObject({ extra: { a: 2 }, tags: ['x'] })
})
