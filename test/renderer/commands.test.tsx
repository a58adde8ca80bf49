import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { readdirSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { views } from '../../renderer/views/index.ts'
import { fakeClient, listOf, summary } from './fake-client.ts'
import { openWindow } from './render.tsx'
import type { MenuCommand } from '../../shared/contract/shell.ts'

beforeEach(() => localStorage.clear())
afterEach(cleanup)

function shell() {
  const menus: (readonly MenuCommand[])[] = []
  const client = fakeClient({ 'traces.list': listOf(() => 3), 'store.summary': () => summary(3) })
  const info = client.answers['app.info']!
  client.answers['app.info'] = async input => ({ ...(await info(input)), host: 'electron' })
  client.answers['shell.menu'] = ({ commands }) => {
    menus.push(commands)
    return {}
  }
  return { client, menus }
}

test('the shell’s menu has what can be done now, and does what is chosen', async () => {
  const { client, menus } = shell()
  await openWindow(client)
  await waitFor(() => expect(menus.at(-1)?.some(({ id }) => id === 'row.star')).toBe(true))
  const ids = menus.at(-1)!.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(menus.at(-1)).toContainEqual({ id: 'import.open', title: 'Open file…', group: 'Import', keys: 'Mod+O' })
  act(() => client.tell('command.chosen', { id: 'view.settings' }))
  expect(location.hash).toBe('#/settings')
  await waitFor(() => expect(menus.at(-1)?.some(({ id }) => id === 'row.star')).toBe(false))
  act(() => client.tell('command.chosen', { id: 'no.such.command' }))
})

test('a shell makes everything larger; in a browser that key is the browser’s', async () => {
  const { client } = shell()
  const steps: string[] = []
  client.answers['shell.zoom'] = ({ step }) => (steps.push(step), {})
  await openWindow(client)
  await screen.findByRole('grid')
  await waitFor(() => {
    fireEvent.keyDown(document.body, { key: '=', ctrlKey: true })
    expect(steps).toContain('in')
  })
  cleanup()
  await openWindow(fakeClient({ 'traces.list': listOf(() => 3), 'store.summary': () => summary(3) }))
  expect(fireEvent.keyDown(document.body, { key: '=', ctrlKey: true })).toBe(true)
})

/** Every command that a view says it has, with the ids of all others that share one of its keys in its group. */
test('within a view a key means one thing', () => {
  for (const view of views) {
    const owners = new Map<string, string>()
    for (const { id, keys = [], group } of view.commands ?? []) {
      for (const key of keys) {
        // It also commits what is measured, while something is.
        if (key === 'Enter') continue
        const other = owners.get(`${group} ${key}`)
        expect(other === undefined || other === id, `${view.id}: ${key} is ${other} and ${id}`).toBe(true)
        owners.set(`${group} ${key}`, id)
      }
    }
  }
})

/** What a widget does with its own keys by its role: a field with suggestions, a divider, a slider, a text that scrolls. */
const widgets = [
  'query-bar/QueryBox.tsx',
  'parts/KeyEditor.tsx',
  'raw-editor/RawEditor.tsx',
  'json/TextPieces.tsx',
  'tree-grid/TreeGrid.tsx',
  'columns/ColumnsMenu.tsx',
  'parts/Divider.tsx',
  'parts/Minimap.tsx',
]

test('one place listens to keys; beside it only widgets do', () => {
  const files = readdirSync('renderer', { recursive: true, encoding: 'utf8' }).filter(file => /\.tsx?$/.test(file))
  const listening = files.filter(file =>
    /addEventListener\('key|onKeyDown=\{|onKeyUp=\{/.test(readFileSync(`renderer/${file}`, 'utf8')),
  )
  const others = listening.filter(file => !widgets.some(widget => file.endsWith(widget)))
  expect(others.map(file => file.replaceAll('\\', '/')).toSorted()).toEqual(['app/keymap.ts'])
})

test('a key is given to a command in the sheet; what is taken is refused, and the old one comes back', async () => {
  await openWindow(fakeClient({ 'traces.list': listOf(() => 3), 'store.summary': () => summary(3) }))
  await screen.findByRole('grid')
  const sheet = () => screen.findByRole('dialog', { name: 'Keyboard shortcuts' })
  fireEvent.keyDown(document.body, { key: '?' })
  const rowOf = async (title: string) => within(await sheet()).getByText(title).parentElement!
  const key = async () => within(await rowOf('Go to Imports')).getByRole('button', { name: /: change$|Press/ })
  const spoken = async () => (await key()).querySelector('.spoken')?.textContent
  const press = async (name: string, more: object = {}) => {
    fireEvent.click(await key())
    fireEvent.keyDown(await key(), { key: name, ...more })
  }
  await press('k', { ctrlKey: true })
  expect(await screen.findByText(/Ctrl\+K is taken: Search or do anything/)).toBeTruthy()
  await press('i', { ctrlKey: true, shiftKey: true })
  expect(await spoken()).toBe('Ctrl+Shift+I: change')
  // Escape leaves the key, and the sheet open.
  await press('Escape')
  expect(await spoken()).toBe('Ctrl+Shift+I: change')
  fireEvent.click(screen.getByRole('button', { name: 'Close' }))
  fireEvent.keyDown(document.body, { key: '7', ctrlKey: true })
  expect(location.hash).toBe('#/traces')
  fireEvent.keyDown(document.body, { key: 'I', ctrlKey: true, shiftKey: true })
  expect(location.hash).toBe('#/imports')
  fireEvent.keyDown(document.body, { key: '?' })
  fireEvent.click(within(await rowOf('Go to Imports')).getByRole('button', { name: /back to its own key/ }))
  expect(await spoken()).toBe('Ctrl+7: change')
})
