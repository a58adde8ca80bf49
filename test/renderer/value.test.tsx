import { cleanup, configure, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fakeClient, listOf, summary, traceRow } from './fake-client.ts'
import { openWindow } from './render.tsx'

configure({ asyncUtilTimeout: 5000 })
beforeEach(() => localStorage.clear())
afterEach(cleanup)

const grid = () => screen.getByRole('grid', { name: 'Traces' })
const press = (key: string, more: object = {}) => fireEvent.keyDown(document.activeElement ?? grid(), { key, ...more })
const route = () => new URLSearchParams(location.hash.split('?')[1] ?? '').get('q')
const menu = async () => within(await screen.findByRole('menu'))
const items = async () => (await menu()).getAllByRole('menuitem').map(item => item.textContent.trim())

async function open(at = '/traces') {
  const client = fakeClient({
    'store.summary': () => summary(5),
    'traces.list': listOf(
      () => 5,
      n => traceRow(n, { name: `agent "${n}"`, session: 's-1' }),
    ),
  })
  await openWindow(client, at)
  return client
}

test('a right click on a value of the list filters by it, excludes it, copies it', async () => {
  await open('/traces?q=is:error')
  const name = await screen.findByText('agent "2"')
  fireEvent.contextMenu(name, { button: 2 })
  expect(await items()).toEqual(['Only name:"agent \\"2\\""', 'Without name:"agent \\"2\\""', 'Copy agent "2"'])
  fireEvent.click((await menu()).getByRole('menuitem', { name: /^Without/ }))
  expect(route()).toBe('is:error -trace:(name:"agent \\"2\\"")')
  expect(screen.getByRole('combobox', { name: 'Query' })).toHaveProperty(
    'value',
    'is:error -trace:(name:"agent \\"2\\"")',
  )
})

test('f asks which value of the row is meant, Shift+F leaves one out', async () => {
  await open()
  press('j')
  press('f')
  expect(await items()).toEqual(['Only name:"agent \\"1\\""', 'Only session:s-1'])
  fireEvent.click((await menu()).getByRole('menuitem', { name: /session/ }))
  expect(route()).toBe('session:s-1')
  grid().focus()
  press('F', { shiftKey: true })
  fireEvent.click((await menu()).getByRole('menuitem', { name: /session/ }))
  expect(route()).toBe('-trace:(session:s-1)')
})
