// Reading a trace by its tree and time line, with the mouse and without, in a real Chromium.

import type { Page } from '@playwright/test'
import { expect, test } from './app.ts'
import { activeRow, openSample, openTrace, sample, spanTree } from './flow.ts'

test.use({ holds: 'sample' })

const shownPart = (page: Page) => page.getByRole('slider', { name: 'Shown part of the trace' })
const findBox = (page: Page) => page.getByRole('combobox', { name: 'Find in this trace' })
const ranges = (page: Page) => page.getByRole('navigation', { name: 'Ranges' })

test('without a mouse: find, step, show only matches, go on to what is hidden', async ({ app }) => {
  const { page } = app
  await openSample(page)
  await openTrace(page, sample.refused)
  await page.keyboard.press('ControlOrMeta+f')
  await expect(findBox(page)).toBeFocused()
  await page.keyboard.type('/refund/i kind:tool')
  await page.keyboard.press('Enter')
  const count = page.getByRole('search').getByRole('status')
  await expect(count).toHaveText(/^\d+ of 16 spans$/)
  await page.keyboard.press('Enter')
  await expect(activeRow(page)).toHaveAccessibleName(/^tool, .*, matches the query$/)
  await expect(count).toHaveText(/^1 of \d+$/)
  await page.keyboard.press('Escape')
  await expect(spanTree(page)).toBeFocused()
  await page.keyboard.press('n')
  await expect(count).toHaveText(/^2 of \d+$/)
  const all = await spanTree(page).getAttribute('aria-rowcount')
  await page.keyboard.press('o')
  const hidden = spanTree(page).getByRole('row', { name: /not match/ })
  await expect(hidden.first()).toBeVisible()
  await expect(hidden.first()).not.toHaveAttribute('aria-expanded')
  await page.keyboard.press('Home')
  for (let i = 0; i < 20 && !(await activeRow(page).getAttribute('aria-label'))?.includes('not match'); i++) {
    await page.keyboard.press('ArrowDown')
  }
  const rows = Number(await spanTree(page).getAttribute('aria-rowcount'))
  await page.keyboard.press('ArrowRight')
  await expect.poll(async () => Number(await spanTree(page).getAttribute('aria-rowcount'))).toBeGreaterThanOrEqual(rows)
  await page.keyboard.press('Escape')
  await expect(findBox(page)).toBeHidden()
  await expect(spanTree(page)).toHaveAttribute('aria-rowcount', all!)
})

test('with the mouse: measure, show what was measured, drag the window, zoom at the pointer, go back', async ({
  app,
}) => {
  const { page } = app
  await openSample(page)
  await openTrace(page, sample.refused)
  const tree = (await spanTree(page).boundingBox())!
  const bar = (await spanTree(page).getByRole('row').nth(1).getByRole('gridcell').last().boundingBox())!
  const at = (share: number) => bar.x + 8 + share * (bar.width - 16)
  const before = await activeRow(page).getAttribute('id')
  await page.mouse.move(at(0.25), tree.y + 200)
  await page.mouse.down()
  await page.mouse.move(at(0.5), tree.y + 210, { steps: 5 })
  await page.mouse.up()
  const measured = page.getByRole('button', { name: /Enter shows only this/ })
  await expect(measured).toContainText(/^(?:1\.9|2\.0|2\.1)\d? s/)
  // Dragging is not a click on the row below.
  await expect(activeRow(page)).toHaveAttribute('id', before!)
  await measured.click()
  await expect(ranges(page)).toContainText(/^Whole trace›.* to .*/)
  await expect(page).toHaveURL(/range=[\d.]+\.\.[\d.]+ms/)
  const begin = async () => Number(await shownPart(page).getAttribute('aria-valuenow'))
  const whole = Number(await shownPart(page).getAttribute('aria-valuemax'))
  const dragged = (await begin()) + 0.23 * whole

  const small = (await shownPart(page).boundingBox())!
  await page.mouse.move(small.x + small.width * 0.37, small.y + 12)
  await page.mouse.down()
  await page.mouse.move(small.x + small.width * 0.6, small.y + 12, { steps: 5 })
  await page.mouse.up()
  await expect.poll(async () => Math.abs((await begin()) - dragged) / whole).toBeLessThan(0.005)

  const from = await begin()
  await page.mouse.move(at(0), tree.y + 200)
  await page.keyboard.down('Control')
  await page.mouse.wheel(0, -200)
  await page.keyboard.up('Control')
  // What was under the pointer, the left end, is where it was.
  await expect.poll(async () => Math.abs((await begin()) - from)).toBeLessThan(60_000)
  await ranges(page).getByRole('button', { name: 'Whole trace' }).click()
  await expect(shownPart(page)).toHaveAttribute('aria-valuetext', 'the whole trace')
  await expect(page).not.toHaveURL(/range=/)
})

test('the window of the small trace is moved and sized with keys', async ({ app }) => {
  const { page } = app
  await openSample(page)
  await openTrace(page, sample.refused)
  await shownPart(page).focus()
  await page.keyboard.press('+')
  await page.keyboard.press('+')
  const first = Number(await shownPart(page).getAttribute('aria-valuenow'))
  await page.keyboard.press('ArrowRight')
  expect(Number(await shownPart(page).getAttribute('aria-valuenow'))).toBeGreaterThan(first)
  await page.keyboard.press('Home')
  await expect(shownPart(page)).toHaveAttribute('aria-valuenow', '0')
})
