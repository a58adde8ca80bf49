import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { fakeClient, listOf, summary } from './fake-client.ts'
import { freshWindows, openWindow } from './render.tsx'
import { treeOf } from './trace/forest.ts'

freshWindows()

const press = (key: string, more: object = {}) => fireEvent.keyDown(document.body, { key, ctrlKey: true, ...more })
const box = () => screen.findByRole<HTMLInputElement>('combobox', { name: 'Command, trace name or id' })
const type = async (value: string) => fireEvent.change(await box(), { target: { value } })
const options = () => screen.queryAllByRole('option').map(one => one.textContent)
const tree = treeOf([
  {
    name: 'answer',
    kind: 'agent',
    offset: 0,
    duration: 5_000_000,
    children: [{ name: 'look up', kind: 'tool', offset: 2_000_000, duration: 1_000_000 }],
  },
])

function host() {
  return fakeClient({
    'traces.list': listOf(() => 3),
    'store.summary': () => summary(3),
    'traces.find': () => ({ id: 1 }),
    'traces.tree': () => tree,
    'spans.find': ({ spanId }) => ({ id: spanId === '41aa' ? 1001 : null }),
    'views.list': () => ({
      views: [{ id: 7, name: 'Refund failures', view: { list: 'spans', query: 'refund is:error', sort: '-cost' } }],
    }),
  })
}

test('Mod+Shift+P finds commands only; ? says what else the box understands', async () => {
  await openWindow(host())
  press('P', { shiftKey: true })
  expect((await box()).value).toBe('>')
  await type('>refund')
  expect(await screen.findByText('No command has “refund”.')).toBeTruthy()
  await type('> sample')
  await waitFor(() => expect(options()).toEqual([expect.stringContaining('Open the sample traces')]))
  await type('?')
  fireEvent.click(await screen.findByRole('option', { name: /Commands only/ }))
  await waitFor(async () => expect((await box()).value).toBe('>'))
})

test('saved views and sessions are places too', async () => {
  const client = host()
  client.answers['lists.rows'] = input => {
    if (input.list !== 'sessions')
      return { total: 0, exact: true, id: none, trace: none, columns: [], cells: none, values: [] }
    expect(input.where?.query).toBe('session:*refund*')
    return {
      total: 1,
      exact: true,
      id: new Float64Array([4]),
      trace: new Float64Array([1]),
      columns: [{ column: 'session', type: 'text' }],
      cells: new Float64Array([0]),
      values: ['refund-7'],
    }
  }
  await openWindow(client, '/imports')
  press('k')
  await type('refund')
  fireEvent.click(await screen.findByRole('option', { name: /refund-7/ }))
  await waitFor(() => expect(location.hash).toBe('#/traces?q=session%3Arefund-7'))
  press('k')
  await type('refund fail')
  fireEvent.click(await screen.findByRole('option', { name: /Refund failures/ }))
  await waitFor(() => expect(location.hash).toBe('#/spans?q=refund+is%3Aerror&sort=-cost'))
})
const none = new Float64Array()

test('before anything is typed: where one was, then what one most likely wants here', async () => {
  await openWindow(host(), '/imports')
  press('1')
  await screen.findByRole('grid')
  press('k')
  await waitFor(() => expect(options()[0]).toMatch(/^RecentImports/))
  expect(options()[1]).toMatch(/^(?:List|Query|Columns|Import)/)
  fireEvent.keyDown(await box(), { key: 'Enter' })
  await waitFor(() => expect(location.hash).toBe('#/imports'))
})

test('a time or the id of a span leads to it in the trace that is open', async () => {
  await openWindow(host(), `/trace/${tree.trace.traceId}`)
  const grid = await screen.findByRole('treegrid')
  const active = () => document.getElementById(grid.getAttribute('aria-activedescendant') ?? '')?.textContent
  expect(active()).toContain('answer')
  press('p')
  expect((await box()).value).toBe(':')
  await type(':2.5s')
  await screen.findByRole('option', { name: /look up/ })
  fireEvent.keyDown(await box(), { key: 'Enter' })
  await waitFor(() => expect(active()).toContain('look up'))
  press('p')
  await type(':4s')
  fireEvent.click(await screen.findByRole('option', { name: /answer/ }))
  await waitFor(() => expect(active()).toContain('answer'))
  press('p')
  await type(':41aa')
  fireEvent.click(await screen.findByRole('option', { name: /Span 41aa: look up/ }))
  await waitFor(() => expect(active()).toContain('look up'))
  press('p')
  await type(':99s')
  expect(await screen.findByText(/No time of this trace/)).toBeTruthy()
})

test('without a trace a time leads nowhere, and that is said', async () => {
  await openWindow(host(), '/imports')
  press('p')
  expect(await screen.findByText(/Open a trace first/)).toBeTruthy()
})
