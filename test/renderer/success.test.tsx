import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Input } from '../../shared/contract/index.ts'
import { fakeClient, listOf } from './fake-client.ts'
import { freshWindows, openWindow } from './render.tsx'

freshWindows()

type Definition = Input<'success.save'>['success']

function storeOf(definitions: readonly Definition[]) {
  let last = definitions.length
  const successes = definitions.map((success, n) => ({ id: n + 1, success }))
  const asked: Input<'costs.table'>[] = []
  const at = (id: number | undefined) => successes.findIndex(one => one.id === id)
  const client = fakeClient({
    'traces.list': listOf(() => 1),
    'success.list': () => ({ successes: [...successes] }),
    'success.save': ({ success, was }) => {
      const before = at(was) < 0 ? undefined : successes.splice(at(was), 1)[0]
      successes.push({ id: ++last, success })
      return { id: last, replaced: before?.success ?? null }
    },
    'success.remove': ({ id }) => (successes.splice(at(id), 1), {}),
    'costs.table': input => {
      // Trends are asked for beside the table.
      if (!input.per) asked.push(input)
      const { length } = input.measures
      return {
        exact: true,
        calls: 2,
        filled: 0,
        rows: 1,
        keys: [['gpt-4o']],
        values: new Float64Array(length).fill(2),
        total: new Float64Array(length).fill(2),
        recorded: [null],
        totalRecorded: null,
        computed: [null],
        totalComputed: null,
        overlaps: [],
        aside: { count: 0, input: 0, cost: 0 },
      }
    },
  })
  return { client, asked, successes }
}

const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } })

test('what a success is is defined, judges the table, is removed, and comes back', async () => {
  const { client, asked, successes } = storeOf([])
  await openWindow(client, '/costs')
  await screen.findByRole('row', { name: /gpt-4o/ })
  expect(asked.at(-1)).not.toHaveProperty('success')
  fireEvent.click(screen.getByRole('button', { name: 'Success' }))
  type('Name', 'solved')
  type('A trace is a success where a span of it matches', 'score.solved:(')
  expect(await screen.findByRole('alert')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Define it' })).toHaveProperty('disabled', true)
  type('A trace is a success where a span of it matches', 'score.solved:true')
  type('Of traces of this feature only', 'refund')
  fireEvent.click(screen.getByRole('button', { name: 'Define it' }))
  await waitFor(() =>
    expect(successes.map(one => one.success)).toEqual([
      { name: 'solved', feature: 'refund', query: 'score.solved:true' },
    ]),
  )
  client.tell('notes.changed', {})
  expect(await screen.findByRole('columnheader', { name: 'Cost per success' })).toBeTruthy()
  await waitFor(() =>
    expect(asked.at(-1)).toMatchObject({
      success: { query: '(trace:(feature:refund) (score.solved:true))' },
      successAmong: { query: 'feature:refund' },
    }),
  )
  fireEvent.click(screen.getByRole('button', { name: 'Remove refund/solved' }))
  await waitFor(() => expect(successes).toHaveLength(0))
  fireEvent.click(await screen.findByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(successes).toHaveLength(1))
})

test('the first definition judges unless the address says which, or none', async () => {
  const { client, asked } = storeOf([
    { name: 'helpful', query: 'score.helpful:>0.5' },
    { name: 'solved', query: 'score.solved:true' },
  ])
  await openWindow(client, '/costs')
  await screen.findByRole('columnheader', { name: 'Successes' })
  expect(asked.at(-1)).toMatchObject({ success: { query: '(score.helpful:>0.5)' } })
  fireEvent.click(screen.getByRole('button', { name: 'Success: helpful' }))
  fireEvent.click(screen.getByRole('radio', { name: 'solved' }))
  await waitFor(() => expect(asked.at(-1)).toMatchObject({ success: { query: '(score.solved:true)' } }))
  expect(window.location.hash).toBe('#/costs?success=solved')
  fireEvent.click(screen.getByRole('radio', { name: 'None' }))
  await waitFor(() => expect(screen.queryByRole('columnheader', { name: 'Successes' })).toBeNull())
})

test('by a definition that is gone nothing is judged, and the table says so', async () => {
  const { client, asked } = storeOf([{ name: 'helpful', query: 'score.helpful:>0.5' }])
  await openWindow(client, '/costs?success=refund%2Fsolved')
  expect(await screen.findByText(/^No definition of success is called refund\/solved/)).toBeTruthy()
  expect(screen.queryByRole('columnheader', { name: 'Successes' })).toBeNull()
  expect(asked.at(-1)).not.toHaveProperty('success')
})
