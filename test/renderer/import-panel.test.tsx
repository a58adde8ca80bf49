// A receipt that was seen does not cover the trace one goes on to.

import { act, screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { navigate } from '../../renderer/app/route.ts'
import { fakeClient, listOf } from './fake-client.ts'
import { freshWindows, openWindow } from './render.tsx'
import { treeOf } from './trace/forest.ts'

freshWindows()

const panel = () => screen.queryByRole('region', { name: 'Import' })

async function endImport(state: 'complete' | 'partial') {
  const tree = treeOf([{ name: 'only', offset: 0, duration: 1 }])
  const client = fakeClient({
    'traces.list': listOf(() => 1),
    'traces.tree': () => tree,
    'spans.read': ({ id }) => ({ id: `${id}`, kind: 'other', name: '', status: 'unset', attributes: {} }),
  })
  await openWindow(client, '/traces')
  act(() => client.tell('imports.ended', { import: 7, state }))
  await waitFor(() => expect(panel()).toBeTruthy())
  act(() => navigate(`/trace/${tree.trace.traceId}`))
  await screen.findByRole('treegrid', {}, { timeout: 10_000 })
  return client
}

test('the receipt of an import that went well is put away when a trace is opened; the next one shows itself', async () => {
  const client = await endImport('complete')
  expect(panel()).toBeNull()
  act(() => client.tell('imports.ended', { import: 8, state: 'complete' }))
  await waitFor(() => expect(panel()).toBeTruthy())
})

test('what went wrong stays until it is closed', async () => {
  await endImport('partial')
  expect(panel()).toBeTruthy()
})
