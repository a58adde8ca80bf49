// The way from a file to the reason of a failure without a mouse; and what a reader of the screen is told on it.

import path from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { checkout } from '../helpers/product.ts'
import { expect, test } from './app.ts'
import { activeRow, importPanel, importSheet, offerFile, spanTree, tabTo, traceList } from './flow.ts'

/** Everything that is said politely, in order. */
async function listen(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(() => {
    const said: string[] = []
    Object.assign(window, { said })
    const hear = (element: Element | null | undefined) => {
      const text = element?.closest('[role=status], [role=alert], [aria-live]')?.textContent?.trim()
      if (text && said.at(-1) !== text) said.push(text)
    }
    new MutationObserver(changes => {
      for (const { target } of changes) hear(target instanceof Element ? target : target.parentElement)
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
  return () => page.evaluate(() => (window as unknown as { said: readonly string[] }).said)
}

const attributesOf = (row: Locator) =>
  row.evaluate(element =>
    Object.fromEntries(
      ['aria-level', 'aria-posinset', 'aria-setsize', 'aria-rowindex', 'aria-expanded'].map(name => [
        name.slice(5),
        element.getAttribute(name),
      ]),
    ),
  )

test('from a file to the failing tool and why it failed, by keyboard, with what is said on the way', async ({
  app,
}) => {
  test.setTimeout(120_000)
  const { page } = app
  const said = await listen(page)
  const { keyboard } = page

  // Import: the sheet takes the focus, Enter agrees.
  await offerFile(page, path.join(checkout, 'resources/sample/traces.jsonl.gz'))
  await expect(importSheet(page).getByRole('button', { name: 'Import', exact: true })).toBeFocused()
  await keyboard.press('Enter')
  await expect(importPanel(page).getByRole('button', { name: 'Open traces' })).toBeVisible({ timeout: 60_000 })
  await tabTo(importPanel(page).getByRole('button', { name: 'Open traces' }), 120)
  await keyboard.press('Enter')

  // The list, narrowed to failing tools: the count is announced.
  const list = traceList(page)
  await expect(list).toBeVisible()
  await keyboard.press('/')
  await expect(page.getByRole('combobox', { name: 'Query', exact: true })).toBeFocused()
  await keyboard.type('kind:tool is:error')
  await keyboard.press('Enter')
  await expect.poll(said).toContainEqual(expect.stringMatching(/^\d+ traces?$/))
  await tabTo(list)
  const rows = Number(await list.getAttribute('aria-rowcount')) - 1
  expect(rows).toBeGreaterThan(0)
  await expect(list).toHaveAttribute('aria-multiselectable', 'true')
  await expect(list.getByRole('columnheader', { name: 'Started' })).toHaveAttribute('aria-sort', 'descending')
  await expect(list.getByRole('rowheader').first()).toBeAttached()
  expect(await list.evaluate(element => element.querySelectorAll('[tabindex="0"]').length)).toBe(0)

  // The tree: one Tab stop, levels, positions and sizes of sets; what matches is where one lands.
  await keyboard.press('Home')
  await keyboard.press('Enter')
  const tree = spanTree(page)
  await expect(tree).toBeFocused()
  await expect(activeRow(page)).toHaveAccessibleName(/^tool, .*failed/)
  await keyboard.press('t')
  await expect.poll(() => attributesOf(activeRow(page))).toMatchObject({ level: '1', posinset: '1', rowindex: '1' })
  await keyboard.press('ArrowDown')
  const child = await attributesOf(activeRow(page))
  expect(child).toMatchObject({ level: '2', posinset: '1', rowindex: '2' })
  expect(Number(child['setsize'])).toBeGreaterThan(0)
  await keyboard.press('t')
  await keyboard.press('ArrowLeft')
  await expect(activeRow(page)).toHaveAttribute('aria-expanded', 'false')
  await expect(tree).toHaveAttribute('aria-rowcount', '1')
  await keyboard.press('ArrowRight')
  await keyboard.press('p')
  await expect.poll(said).toContainEqual('This is a root')
  await keyboard.press('e')
  await expect(activeRow(page)).toHaveAccessibleName(/failed/)
  await expect(tree.getByRole('gridcell', { name: /^starts at .* lasts .* of trace/ }).first()).toBeAttached()

  // Why: the details, and back.
  await keyboard.press('Enter')
  const details = page.getByRole('region', { name: 'Span details' })
  await expect.poll(() => details.evaluate(element => element.contains(document.activeElement))).toBe(true)
  await expect(details).toContainText(/\S+ \d{3}: \S+|amount exceeds limit|error/i)
  await keyboard.press('Escape')
  await expect(tree).toBeFocused()

  // What one found out stays on the span, and can be taken back.
  await keyboard.press('b')
  await expect.poll(said).toContainEqual(expect.stringContaining('1 span starred'))
  await keyboard.press('Shift+B')
  await expect(page.getByRole('textbox', { name: 'Note on this span' })).toBeFocused()
  await keyboard.type('limit of the tool')
  await keyboard.press('ControlOrMeta+Enter')
  await expect(activeRow(page)).toHaveAccessibleName(/note: limit of the tool/)
  await expect(tree).toBeFocused()
  await keyboard.press('ControlOrMeta+z')
  await expect(activeRow(page)).not.toHaveAccessibleName(/note/)

  // Every pane is a stop of F6, and every one names itself.
  const stops = new Set<string>()
  for (let i = 0; i < 12; i++) {
    await keyboard.press('F6')
    stops.add(
      await page.evaluate(() => document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane') ?? 'none'),
    )
  }
  expect([...stops].toSorted()).toEqual(expect.arrayContaining(['Details', 'Header', 'Spans', 'Status bar', 'Views']))
  expect(stops).not.toContain('none')

  // Help names every key; Escape closes the innermost thing only.
  await keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(tree).toBeVisible()
})
