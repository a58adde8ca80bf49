import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import type { Input, Output } from '../../shared/contract/index.ts'
import { fakeClient, listOf } from './fake-client.ts'
import { freshWindows, openWindow } from './render.tsx'

freshWindows()

const list = { source: 'a list', version: '1', date: '2026-11-01', rules: 0 }

function tableOf({ by, per, measures, compare, scores }: Input<'costs.table'>): Output<'costs.table'> {
  const numbers = () => new Float64Array(measures.length).fill(2e9)
  return {
    exact: true,
    calls: 2,
    filled: 0,
    rows: 1,
    keys: [[...by, ...(per ? [per] : [])].map(() => 'gpt-4o')],
    values: numbers(),
    total: numbers(),
    recorded: ['4'],
    totalRecorded: '4',
    computed: [null],
    totalComputed: null,
    overlaps: [],
    aside: { count: 0, input: 0, cost: 0 },
    ...(compare ? { before: numbers(), beforeTotal: numbers() } : {}),
    ...(scores ? { scores: new Float64Array(), scored: new Float64Array() } : {}),
  }
}

test('a month is saved as a page; what is asked is the month in the zone of the reader', async () => {
  const asked: Input<'costs.table'>[] = []
  const client = fakeClient({
    'traces.list': listOf(() => 1),
    'search.values': () => ({ values: [] }),
    'prices.status': () => ({ used: list, current: list, differs: false, canUndo: false, wrong: [] }),
    'costs.table': input => (asked.push(input), tableOf(input)),
  })
  const saved: Blob[] = []
  vi.spyOn(URL, 'createObjectURL').mockImplementation(blob => (saved.push(blob as Blob), 'blob:'))
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {})
  await openWindow(client, '/costs')
  await screen.findByRole('row', { name: /gpt-4o/ })
  fireEvent.click(screen.getByRole('button', { name: 'Month report' }))
  fireEvent.change(screen.getByLabelText('Month'), { target: { value: '2026-10' } })
  fireEvent.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(saved).toHaveLength(1))
  expect(click).toHaveBeenCalledTimes(1)
  const where = asked.map(one => one.where?.query)
  expect(where).toContain('started:2026-10')
  expect(asked.at(-1)!.zone).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone)
  expect(await saved[0]!.text()).toContain('Costs of model calls, October 2026')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  vi.restoreAllMocks()
})

test('who cancels gets no file, and a failure is said', async () => {
  const client = fakeClient({
    'traces.list': listOf(() => 1),
    'costs.table': tableOf,
    'search.values': () => {
      throw Object.assign(new Error('The engine is gone.'), { code: 'test/gone' })
    },
  })
  await openWindow(client, '/costs')
  await screen.findByRole('row', { name: /gpt-4o/ })
  fireEvent.click(screen.getByRole('button', { name: 'Month report' }))
  fireEvent.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('The report could not be made.')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})
