import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { fakeClient } from '../fake-client.ts'
import { freshWindows, openWindow } from '../render.tsx'
import { treeOf } from './forest.ts'

freshWindows()

/** A host that keeps what is put on rows. */
async function open() {
  const tree = treeOf([{ name: 'answer', kind: 'agent', children: [{ name: 'look up', kind: 'tool' }] }])
  const words = new Map<string, Set<string>>()
  const texts = new Map<string, string>()
  const changes: { undo: () => void }[] = []
  const keyOf = (of: string, id: number) => `${of} ${id}`
  const read = (of: string, ids: readonly number[]) => ({
    starred: ids.map(id => words.get(keyOf(of, id))?.has('') === true),
    tags: ids.map(id => [...(words.get(keyOf(of, id)) ?? [])].filter(word => word !== '')),
    notes: ids.map(id => texts.get(keyOf(of, id)) ?? null),
  })
  const client = fakeClient({
    'traces.find': () => ({ id: 1 }),
    'traces.tree': () => tree,
    'spans.read': ({ id }) => ({
      id: `span-${id}`,
      kind: 'tool',
      name: tree.strings[tree.name[id - 1000]!] ?? '',
      status: 'unset',
      attributes: {},
    }),
    'notes.read': ({ of, ids }) => read(of, ids),
    'notes.ofTrace': () => {
      const ids = [...tree.id].filter(id => words.has(keyOf('spans', id)) || texts.has(keyOf('spans', id)))
      return { ids, ...read('spans', ids) }
    },
    'notes.set': ({ of, ids, word, on }) => {
      const set = (put: boolean) => {
        for (const id of ids) {
          const own = words.get(keyOf(of, id)) ?? new Set()
          words.set(keyOf(of, id), own)
          if (put) own.add(word)
          else own.delete(word)
        }
        client.tell('notes.changed', {})
      }
      set(on)
      return { change: changes.push({ undo: () => set(!on) }) - 1, rows: ids.length }
    },
    'notes.undo': ({ change }) => {
      changes[change]?.undo()
      return { change, rows: 1 }
    },
    'notes.write': ({ of, id, text }) => {
      const replaced = texts.get(keyOf(of, id)) ?? null
      if (text === '') texts.delete(keyOf(of, id))
      else texts.set(keyOf(of, id), text)
      client.tell('notes.changed', {})
      return { replaced }
    },
  })
  await openWindow(client, `/trace/${tree.trace.traceId}`)
  await screen.findByRole('treegrid')
  return client
}

const grid = () => screen.getByRole('treegrid', { name: 'Spans' })
const active = () => document.getElementById(grid().getAttribute('aria-activedescendant') ?? '')!
const press = (key: string, more: object = {}) => fireEvent.keyDown(grid(), { key, ...more })
const undo = () => act(async () => void fireEvent.keyDown(document.body, { key: 'z', ctrlKey: true }))

test('b stars the span; the row and its details say so, and undo takes it back', async () => {
  await open()
  press('ArrowDown')
  press('b')
  await waitFor(() => expect(active().getAttribute('aria-label')).toMatch(/, starred$/))
  expect(await screen.findByText('1 span starred')).toBeTruthy()
  const bar = await screen.findByRole('group', { name: 'Your notes on this span' })
  await waitFor(() =>
    expect(within(bar).getByRole('button', { name: 'Star this span' }).getAttribute('aria-pressed')).toBe('true'),
  )
  await undo()
  await waitFor(() => expect(active().getAttribute('aria-label')).not.toMatch(/starred/))
})

test('a note on a span is written, read out on its row, changed, and each of that undone', async () => {
  await open()
  press('ArrowDown')
  press('B', { shiftKey: true })
  const box = await screen.findByRole('textbox', { name: 'Note on this span' })
  fireEvent.change(box, { target: { value: 'ask Ada' } })
  fireEvent.keyDown(box, { key: 'Enter', ctrlKey: true })
  await waitFor(() => expect(active().getAttribute('aria-label')).toMatch(/, note: ask Ada$/))
  expect(screen.queryByRole('textbox', { name: 'Note on this span' })).toBeNull()
  fireEvent.click(await screen.findByRole('button', { name: 'Note: ask Ada. Change it' }))
  fireEvent.change(await screen.findByRole('textbox', { name: 'Note on this span' }), { target: { value: 'asked' } })
  fireEvent.click(screen.getByRole('button', { name: /^Keep/ }))
  await waitFor(() => expect(active().getAttribute('aria-label')).toMatch(/note: asked$/))
  await undo()
  await waitFor(() => expect(active().getAttribute('aria-label')).toMatch(/note: ask Ada$/))
  await undo()
  await waitFor(() => expect(active().getAttribute('aria-label')).not.toMatch(/note/))
})

test('a tag on the whole trace comes from its own button, and goes again', async () => {
  await open()
  const bar = screen.getByRole('group', { name: 'Your notes on this trace' })
  fireEvent.click(within(bar).getByRole('button', { name: 'Tag this trace' }))
  fireEvent.change(await screen.findByRole('textbox', { name: 'Tag' }), { target: { value: 'bug' } })
  fireEvent.click(screen.getByRole('button', { name: 'Tag' }))
  fireEvent.click(await within(bar).findByRole('button', { name: 'Tag bug: change' }))
  fireEvent.click(await screen.findByRole('button', { name: 'Take off bug' }))
  await waitFor(() => expect(within(bar).queryByRole('button', { name: /bug/ })).toBeNull())
})
