import { expect, test } from 'vitest'
import { readNames } from '../../electron/store/tree-names.ts'
import { memoryStore } from './stores.ts'

const places = Array.from({ length: 300 }, (_, i) => i)

test('names of a tree are read by their range, also where some of it were removed', () => {
  using store = memoryStore()
  for (const i of places) store.db.prepare('INSERT INTO name VALUES (?, ?)').run(1000 + i, `name ${i}`)
  const ask = () => {
    // 0 stands for none; the second column shares names with the first.
    const columns = [Uint32Array.from([0, ...places.map(i => 1299 - i)]), Uint32Array.of(1007, 0, 1299)]
    const texts = readNames(store, columns)
    expect(texts).toHaveLength(301)
    return columns.map(column => Array.from(column, place => texts[place]))
  }
  const names = places.toReversed().map(i => `name ${i}`)
  expect(ask()).toEqual([
    ['', ...names],
    ['name 7', '', 'name 299'],
  ])
  store.db.prepare('DELETE FROM name WHERE id IN (1003, 1007, 1200)').run()
  const gone = new Set(['name 3', 'name 7', 'name 200'])
  expect(ask()).toEqual([
    ['', ...names.map(name => (gone.has(name) ? '' : name))],
    ['', '', 'name 299'],
  ])
})
