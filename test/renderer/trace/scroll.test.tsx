// What scrolling does to the rows that exist.

import { fireEvent, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { fakeClient } from '../fake-client.ts'
import { freshWindows, openWindow, resizeTo } from '../render.tsx'
import { type DrawnSpan, treeOf } from './forest.ts'

freshWindows()

async function openLong(below: readonly DrawnSpan[] = []) {
  const children = Array.from({ length: 400 }, (_, i) => {
    return { name: `step ${i}`, offset: i * 1000, duration: 900, children: below }
  })
  const tree = treeOf([{ name: 'run', kind: 'agent', offset: 0, duration: 400_000, children }])
  const client = fakeClient({
    'traces.tree': () => tree,
    'spans.read': ({ id }) => ({ id: `${id}`, kind: 'other', name: '', status: 'unset', attributes: {} }),
  })
  await openWindow(client, `/trace/${tree.trace.traceId}`)
  return screen.findByRole('treegrid', { name: 'Spans' }, { timeout: 10_000 })
}

function scrollTo(grid: HTMLElement, top: number) {
  grid.scrollTop = top
  fireEvent.scroll(grid)
}

const elementsOf = (grid: HTMLElement) => [...grid.querySelectorAll('[aria-level]')]
const indexOf = (row: Element) => Number(row.getAttribute('aria-rowindex'))

/** As assistive technology meets them: in the order that the rows' group names, else in that of the document. */
function heard(grid: HTMLElement): number[] {
  const owns = grid.querySelector('[role=rowgroup]:last-child')?.getAttribute('aria-owns')
  if (!owns) return elementsOf(grid).map(indexOf)
  return owns.split(' ').map(id => indexOf(document.getElementById(id)!))
}

test('scrolling makes no rows, moves none in the document, and they are still heard from the first to the last', async () => {
  const grid = await openLong()
  scrollTo(grid, 1500)
  const before = elementsOf(grid)
  for (const top of [1800, 2600, 2300, 6000]) {
    scrollTo(grid, top)
    expect(elementsOf(grid)).toEqual(before)
    const order = heard(grid)
    expect(order).toEqual(order.toSorted((a, b) => a - b))
    expect(order).toHaveLength(before.length)
    expect(order.length).toBeGreaterThan(25)
  }
  // The selected one exists wherever one scrolls.
  expect(heard(grid)[0]).toBe(1)
})

test('a jump past the rows that exist is rendered before the frame that shows it', async () => {
  const grid = await openLong()
  const environment = globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }
  environment.IS_REACT_ACT_ENVIRONMENT = false
  try {
    grid.scrollTop = 6000
    grid.dispatchEvent(new Event('scroll'))
    expect(elementsOf(grid).map(indexOf)).toContain(1 + Math.floor(6000 / 26))
  } finally {
    environment.IS_REACT_ACT_ENVIRONMENT = true
  }
})

test('a resting pointer is told the name and the figures of the row that is under it now', async () => {
  const grid = await openLong()
  const nameOf = (row: Element) => row.querySelector<HTMLElement>('[data-field=name]')!
  const row = grid.querySelector('[aria-rowindex="3"]')!
  fireEvent.pointerMove(nameOf(row))
  expect(nameOf(row).title).toBe('step 1')
  scrollTo(grid, 1500)
  expect(nameOf(row).textContent).not.toBe('step 1')
  fireEvent.pointerMove(nameOf(row))
  expect(nameOf(row).title).toBe(nameOf(row).textContent)
  const timeline = row.querySelector<HTMLElement>('[role=gridcell]:last-child')!
  fireEvent.pointerMove(timeline)
  expect(timeline.title).toMatch(/^starts at .* of trace/)
})

test('a selected row that was seen is still seen when the tree becomes lower; one that was scrolled away from stays away', async () => {
  const grid = await openLong()
  fireEvent.keyDown(grid, { key: 'PageDown' })
  const selected = () => indexOf(document.getElementById(grid.getAttribute('aria-activedescendant')!)!)
  const low = 26 + 4 * 26
  const isSeen = () => selected() * 26 <= grid.scrollTop + low - 26 && (selected() - 1) * 26 >= grid.scrollTop
  resizeTo(low)
  expect(selected()).toBeGreaterThan(10)
  expect(isSeen()).toBe(true)
  scrollTo(grid, 5000)
  resizeTo(520)
  resizeTo(low)
  expect(grid.scrollTop).toBe(5000)
})

test('folded to a level, the tree scrolls no further than its last row, and unfolded again all rows of the screen exist', async () => {
  const grid = await openLong(Array.from({ length: 9 }, (_, i) => ({ name: `part ${i}`, offset: 0, duration: 1 })))
  resizeTo(26 + 20 * 26)
  fireEvent.keyDown(grid, { key: 'End' })
  fireEvent.keyDown(grid, { key: '1' })
  expect(grid.getAttribute('aria-rowcount')).toBe('401')
  // A browser would not scroll past it, and say nothing where it is already there.
  expect(grid.scrollTop).toBe((401 - 20) * 26)
  fireEvent.keyDown(grid, { key: '2' })
  const first = 1 + grid.scrollTop / 26
  expect(heard(grid)).toEqual(expect.arrayContaining(Array.from({ length: 20 }, (_, i) => first + i)))
})
