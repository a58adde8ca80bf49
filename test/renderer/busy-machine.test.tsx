// Keys, drops and letters that come before a busy machine is done with what it shows: none is lost.

import { act, cleanup, fireEvent, render, renderHook, screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Input } from '../../shared/contract/index.ts'
import { announcement } from '../../renderer/app/announce.ts'
import { adjustQuery, navigate } from '../../renderer/app/route.ts'
import { TextPieces } from '../../renderer/components/json/TextPieces.tsx'
import { useAsk } from '../../renderer/state/use-ask.ts'
import { ClientContext } from '../../renderer/state/client.ts'
import { atFirstSight } from './at-first-sight.tsx'
import { fakeClient, listOf, summary } from './fake-client.ts'
import { freshWindows, openWindow } from './render.tsx'
import { treeOf } from './trace/forest.ts'

freshWindows()
vi.setConfig({ testTimeout: 30_000 })
// The code of a view comes with its first use: here it is there.
beforeEach(async () => {
  await import('../../renderer/views/trace/View.tsx')
})

const store = (traces: number) =>
  fakeClient({ 'traces.list': listOf(() => traces), 'store.summary': () => summary(traces) })
const press = (key: string, more: object = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more })

test('the keys are there as soon as the window is', async () => {
  await atFirstSight(store(3), '/', 'main', () => press('7', { ctrlKey: true }))
  expect(location.hash).toBe('#/imports')
})

test('a file that is dropped as soon as the window is there is taken: the browser would go to it', async () => {
  await atFirstSight(store(0), '/', 'main', () => {
    const drop = new Event('drop', { bubbles: true, cancelable: true })
    const files = [new File(['{}'], 'a.json')]
    Object.assign(drop, { dataTransfer: { types: ['Files'], files, items: [] } })
    document.body.dispatchEvent(drop)
    expect(drop.defaultPrevented).toBe(true)
  })
})

test('a list takes the focus with its first rows, and Enter opens', async () => {
  await atFirstSight(store(3), '/traces', '[role=grid] [role=rowheader]', () => {
    expect(document.activeElement?.getAttribute('role')).toBe('grid')
    press('Enter')
  })
  expect(location.hash).toBe('#/trace/trace-0')
})

const twoSpans = treeOf([
  { name: 'first', offset: 0, duration: 3_000_000, children: [{ name: 'second', offset: 0, duration: 1_000_000 }] },
])
const spanOf = (id: number) =>
  ({ id: `s${id}`, kind: 'other', name: `span ${id}`, status: 'unset', attributes: {} }) as const

test('a trace takes the focus as it comes, and Escape ends the search that came with it', async () => {
  const client = fakeClient({ 'traces.tree': () => twoSpans })
  await atFirstSight(client, `/trace/${twoSpans.trace.traceId}?find=first`, '[role=treegrid]', tree => {
    expect(document.activeElement).toBe(tree)
    press('Escape')
  })
  expect(location.hash).not.toContain('find')
})

test('what is typed right after Mod+F stands in the box; whoever leaves the box has typed it', async () => {
  await openWindow(fakeClient({ 'traces.tree': () => twoSpans }), `/trace/${twoSpans.trace.traceId}`)
  await screen.findByRole('treegrid')
  press('f', { ctrlKey: true })
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Find in this trace')
  fireEvent.change(document.activeElement!, { target: { value: 'second' } })
  fireEvent.blur(document.activeElement!)
  expect(location.hash).toContain('find=second')
})

test('Enter goes into the details of the span one is on, though they are still being read', async () => {
  const reads = new Map<number, () => void>()
  const client = fakeClient({
    'traces.tree': () => twoSpans,
    'spans.read': async ({ id }) => {
      await new Promise<void>(resolve => reads.set(id, resolve))
      return spanOf(id)
    },
  })
  await openWindow(client, `/trace/${twoSpans.trace.traceId}`)
  const tree = await screen.findByRole('treegrid')
  press('ArrowDown')
  press('Enter')
  await waitFor(() => expect([...reads.keys()]).toContain(1001))
  await act(async () => reads.get(1001)!())
  await waitFor(() => expect(document.activeElement?.getAttribute('role')).toBe('tabpanel'))
  // Whoever went on meanwhile is not called back.
  tree.focus()
  press('ArrowUp')
  press('Enter')
  press('ArrowDown')
  await act(async () => reads.get(1000)?.())
  await waitFor(() => expect(screen.getByRole('region', { name: 'Span details' }).textContent).toContain('span 1001'))
  expect(document.activeElement).toBe(tree)
})

test('Enter finds what was typed right before it', async () => {
  const { container } = render(<TextPieces text="one two three" look="prose" />)
  const box = container.querySelector('input')!
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', false)
  try {
    // As the browser sets it: not through the property by which React knows its own changes.
    Reflect.set(HTMLInputElement.prototype, 'value', 'three', box)
    box.dispatchEvent(new Event('input', { bubbles: true }))
    await Promise.resolve()
    box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
    await Promise.resolve()
    expect(announcement.get()).toBe('1 of 1')
  } finally {
    vi.unstubAllGlobals()
  }
})

test('u twice goes two traces on, however long the first takes to come', async () => {
  const ids = ['t0', 't1', 't2', 't3']
  const trees = ids.map((traceId, i) => {
    const tree = treeOf([{ name: `root of ${traceId}`, offset: 0, duration: 1 }])
    return { ...tree, trace: { ...tree.trace, id: i + 1, traceId } }
  })
  const client = fakeClient({
    'traces.tree': async asked => {
      const traceId = 'traceId' in asked ? asked.traceId : ''
      if (traceId !== 't0') await new Promise(resolve => setTimeout(resolve, 50))
      return trees[ids.indexOf(traceId)]!
    },
    'traces.find': ({ traceId }) => ({ id: ids.indexOf(traceId) + 1 }),
    'lists.neighbours': ({ trace }: Input<'lists.neighbours'>) => ({
      total: ids.length,
      exact: true,
      place: trace - 1,
      before: trace > 1 ? { traceId: ids[trace - 2]!, span: null } : null,
      after: trace < ids.length ? { traceId: ids[trace]!, span: null } : null,
    }),
  })
  await openWindow(client, '/trace/t0')
  await screen.findByRole('treegrid')
  press('u')
  press('u')
  await waitFor(() => expect(location.hash).toBe('#/trace/t2'))
  press('u')
  await waitFor(() => expect(location.hash).toBe('#/trace/t3'))
})

test('what a view says of its address is dropped when a link has been clicked', () => {
  navigate('/traces?q=a')
  history.pushState(null, '', '#/imports')
  adjustQuery({ span: '7' })
  expect(location.hash).toBe('#/imports')
  navigate('/traces?q=a')
  adjustQuery({ span: '7' }, { at: '/trace/x' })
  expect(location.hash).toBe('#/traces?q=a')
  history.pushState(null, '', '#/traces?q=b')
  adjustQuery({ sort: 'cost' })
  expect(location.hash).toBe('#/traces?q=b&sort=cost')
})

test('what changes while an answer says that it may change is asked for again', async () => {
  const client = fakeClient({ 'traces.find': () => ({ id: 1 }) })
  const { result, rerender } = renderHook(({ live }) => useAsk('traces.find', { traceId: 'a' }, { live }), {
    wrapper: ({ children }) => <ClientContext value={client}>{children}</ClientContext>,
    initialProps: { live: false },
  })
  await waitFor(() => expect(result.current.data).toEqual({ id: 1 }))
  client.answers['traces.find'] = () => ({ id: 2 })
  act(() => client.tell('store.changed', {}))
  rerender({ live: true })
  await waitFor(() => expect(result.current.data).toEqual({ id: 2 }))
  cleanup()
})
