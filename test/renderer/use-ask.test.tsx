import { act, cleanup, renderHook, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, expect, test } from 'vitest'
import { ClientContext } from '../../renderer/state/client.ts'
import { useAsk } from '../../renderer/state/use-ask.ts'
import { fakeClient, type FakeClient } from './fake-client.ts'

afterEach(cleanup)

function asking(client: FakeClient, live = false) {
  const wrapper = ({ children }: { children: ReactNode }) => <ClientContext value={client}>{children}</ClientContext>
  const initialProps: { id: string | null } = { id: 'a' }
  return renderHook(
    ({ id }: { id: string | null }) => useAsk('traces.find', id === null ? null : { traceId: id }, { live }),
    {
      wrapper,
      initialProps,
    },
  )
}

test('old content stays until the new is there, and says which it is', async () => {
  let release = () => {}
  const client = fakeClient({
    'traces.find': async ({ traceId }) => {
      if (traceId === 'b') await new Promise<void>(resolve => (release = resolve))
      return { id: traceId === 'a' ? 1 : 2 }
    },
  })
  const { result, rerender } = asking(client)
  await waitFor(() => expect(result.current).toMatchObject({ data: { id: 1 }, fresh: true }))
  rerender({ id: 'b' })
  expect(result.current).toMatchObject({ data: { id: 1 }, fresh: false, slow: false })
  await waitFor(() => expect(result.current.slow).toBe(true))
  release()
  await waitFor(() => expect(result.current).toMatchObject({ data: { id: 2 }, fresh: true, slow: false }))
})

test('a slow answer to an old question never replaces a newer one', async () => {
  const waiting = new Map<string, () => void>()
  const client = fakeClient({
    'traces.find': async ({ traceId }) => {
      await new Promise<void>(resolve => waiting.set(traceId, resolve))
      return { id: traceId === 'a' ? 1 : 2 }
    },
  })
  const { result, rerender } = asking(client)
  rerender({ id: 'b' })
  await act(async () => waiting.get('b')?.())
  await act(async () => waiting.get('a')?.())
  expect(result.current.data).toEqual({ id: 2 })
})

test('null asks nothing', async () => {
  const client = fakeClient()
  const { rerender } = asking(client)
  client.asked.length = 0
  rerender({ id: null })
  await act(async () => {})
  expect(client.asked).toEqual([])
})

test('a failed question is asked again when its process is back', async () => {
  const client = fakeClient()
  const { result } = asking(client)
  await waitFor(() => expect(result.current.error?.code).toBe('test/no-answer'))
  client.answers['traces.find'] = () => ({ id: 5 })
  act(() => client.tell('process.state', { process: 'import', state: 'running', message: '' }))
  act(() => client.tell('process.state', { process: 'engine', state: 'running', message: '' }))
  await waitFor(() => expect(result.current).toMatchObject({ data: { id: 5 }, error: undefined }))
  expect(client.asked.length).toBe(2)
})

test('live questions follow the store, at most twice a second', async () => {
  let id = 1
  const client = fakeClient({ 'traces.find': () => ({ id }) })
  const { result } = asking(client, true)
  await waitFor(() => expect(result.current.data).toEqual({ id: 1 }))
  id = 2
  for (let i = 0; i < 20; i += 1) client.tell('store.changed', {})
  await waitFor(() => expect(result.current.data).toEqual({ id: 2 }))
  expect(client.asked.length).toBe(2)
})
