import { cleanup, configure, fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeEach } from 'vitest'
import type { Input } from '../../shared/contract/index.ts'
import { hideToast } from '../../renderer/state/undo.ts'
import { fakeClient, listOf, summary, type FakeClient } from './fake-client.ts'
import { openWindow } from './render.tsx'

/** Before each test nothing is remembered, after it no window is open. Other work may share the machine. */
export function freshWindows(): void {
  configure({ asyncUtilTimeout: 5000 })
  beforeEach(() => localStorage.clear())
  afterEach(() => {
    cleanup()
    hideToast()
  })
}

export const grid = () => screen.getByRole('grid')
export const active = () => document.getElementById(grid().getAttribute('aria-activedescendant') ?? '')
export const press = (key: string, more: object = {}) =>
  fireEvent.keyDown(document.activeElement ?? grid(), { key, ...more })
export const route = () => new URLSearchParams(location.hash.split('?')[1] ?? '').get('q')
export const headers = () => screen.getAllByRole('columnheader').map(header => header.textContent)
export const asked = <K extends 'notes.set' | 'notes.setMatching' | 'lists.rows'>(client: FakeClient, name: K) =>
  client.asked.filter(one => one.name === name).map(one => one.input as Input<K>)

/** What is open stays open from one test to the next: it is the window's. */
export function openFacets(): void {
  const button = screen.getByRole('button', { name: 'Facets' })
  if (button.getAttribute('aria-pressed') === 'false') fireEvent.click(button)
}

/** A store of so many traces whose stars are kept in a set. */
export async function open(total: number, at = '/traces', more: Parameters<typeof fakeClient>[0] = {}) {
  const starred = new Set<number>()
  let change = 0
  const client = fakeClient({
    'traces.list': listOf(() => total),
    'store.summary': () => summary(total),
    'notes.read': ({ ids }) => ({
      starred: ids.map(id => starred.has(id)),
      tags: ids.map(() => []),
      notes: ids.map(() => null),
    }),
    'notes.set': ({ ids, on }) => {
      for (const id of ids)
        if (on) starred.add(id)
        else starred.delete(id)
      return { change: ++change, rows: ids.length }
    },
    'notes.setMatching': () => ({ change: ++change, rows: total }),
    'notes.undo': () => {
      starred.clear()
      return { change: ++change, rows: 1 }
    },
    ...more,
  })
  await openWindow(client, at)
  await screen.findAllByRole('rowheader')
  return client
}
