// Lists: from a spike, a facet, a column, a star or a saved view to the right rows, and what can be done with them.

import { readFileSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './app.ts'
import { dropFile, importPanel, offerText, openSample, spanTree, traceList } from './flow.ts'

const hour = 3_600_000
/** 2026-01-05T00:00:00Z, in milliseconds. */
const zero = 1_767_571_200_000

interface Drawn {
  readonly id: number
  readonly name: string
  readonly at: number
  readonly failed?: boolean
  readonly session?: string
}

/** One span a trace: flat rows of an agent. */
function dump(traces: readonly Drawn[]): string {
  const text = (key: string, value: string) => ({ key, value: { stringValue: value } })
  const lines = traces.map(({ id, name, at, failed = false, session }) => {
    const hex = id.toString(16)
    const start = BigInt(at) * 1_000_000n
    const span = {
      traceId: hex.padStart(32, '0'),
      spanId: hex.padStart(16, '0'),
      name,
      startTimeUnixNano: String(start),
      endTimeUnixNano: String(start + BigInt(id) * 1_000_000n),
      attributes: [
        text('gen_ai.operation.name', 'chat'),
        text('gen_ai.request.model', id % 2 === 0 ? 'model-even' : 'model-odd'),
        { key: 'gen_ai.usage.input_tokens', value: { intValue: String(id) } },
        ...(session === undefined ? [] : [text('session.id', session)]),
      ],
      status: failed ? { code: 2, message: 'failed' } : {},
    }
    return JSON.stringify({ resourceSpans: [{ resource: {}, scopeSpans: [{ scope: { name: 't' }, spans: [span] }] }] })
  })
  return `${lines.join('\n')}\n`
}

/** A trace an hour through a day, and at two in the afternoon thirty that fail. */
const day: readonly Drawn[] = [
  ...Array.from({ length: 24 }, (_, i) => ({ id: i + 1, name: 'steady', at: zero + i * hour + 60_000 })),
  ...Array.from({ length: 30 }, (_, i) => ({
    id: 100 + i,
    name: 'spike',
    at: zero + 14 * hour + 120_000 + i * 60_000,
    failed: true,
    session: `chat ${i % 3}`,
  })),
]

async function openDay(page: Page): Promise<Locator> {
  await dropFile(page, 'day.jsonl', dump(day))
  const list = traceList(page)
  await expect(list).toBeVisible()
  await expect(importPanel(page).getByRole('button', { name: 'Open traces' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(importPanel(page)).toBeHidden()
  await expect(page.getByRole('heading', { name: '54 traces' })).toBeVisible()
  await list.focus()
  return list
}

const query = (page: Page) => page.getByRole('combobox', { name: 'Query' })
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true })
const row = (list: Locator, n: number) => list.locator(`[role=row][aria-rowindex="${n + 1}"]`)

test('a dragged spike becomes a clause of the query, and leads to the traces in it', async ({ app }) => {
  const { page } = app
  const list = await openDay(page)
  const bars = page.getByRole('group', { name: 'Traces over time' })
  await expect(bars.locator('svg')).toBeVisible()
  const box = (await bars.boundingBox())!
  // The stretch shown is that of the traces, to the end of the last bar: a quarter past eleven.
  const x = (hours: number) => box.x + (box.width * hours) / 23.25
  await page.mouse.move(x(13.8), box.y + 20)
  await page.mouse.down()
  await page.mouse.move(x(14.3), box.y + 20, { steps: 4 })
  await expect(page.getByRole('region', { name: 'Over time' })).toContainText('with errors')
  await page.mouse.move(x(14.7), box.y + 20, { steps: 4 })
  await page.mouse.up()
  await expect(query(page)).toHaveValue(/^started:\S+\.\.\S+$/)
  await expect(heading(page, '31 of 54 traces')).toBeVisible()
  await query(page).fill(`${await query(page).inputValue()} is:error`)
  await page.keyboard.press('Enter')
  await expect(heading(page, '30 of 54 traces')).toBeVisible()
  await expect(list.getByRole('rowheader', { name: 'steady' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Any time', exact: true }).first().click()
  await expect(query(page)).toHaveValue('is:error')
})

test('the keyboard chooses a stretch of time, and a table has every number', async ({ app }) => {
  const { page } = app
  await openDay(page)
  const bars = page.getByRole('group', { name: 'Traces over time' })
  // Before there are bars there is nothing to choose.
  await expect(bars.locator('svg')).toBeVisible()
  await bars.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Shift+ArrowRight')
  await expect(page.getByRole('status').filter({ hasText: /to .*, \d+ traces?/ })).toBeAttached()
  await page.keyboard.press('Enter')
  await expect(query(page)).toHaveValue(/^started:/)
  await page.keyboard.press('ControlOrMeta+[')
  await expect(heading(page, '54 traces')).toBeVisible()
  await page.getByRole('button', { name: 'Show as a table' }).click()
  const table = page.getByRole('region', { name: 'Counts over time' })
  const counts = await table.locator('tbody td:nth-child(2)').allTextContents()
  expect(counts.reduce((sum, count) => sum + Number(count), 0)).toBe(54)
})

test('a facet adds a clause, with Alt it leaves a value out; counts follow the query', async ({ app }) => {
  const { page } = app
  await openDay(page)
  await page.getByRole('button', { name: 'Facets' }).click()
  const facets = page.getByRole('complementary', { name: 'Facets' })
  const models = facets.getByRole('region', { name: 'Model' })
  await expect(models.getByRole('button', { name: 'model-even 27' })).toBeVisible()
  await facets.getByRole('region', { name: 'Status' }).getByRole('button', { name: 'error 30' }).click()
  await expect(query(page)).toHaveValue('status:error')
  await expect(heading(page, '30 of 54 traces')).toBeVisible()
  await expect(models.getByRole('button', { name: 'model-even 15' })).toBeVisible()
  await models.getByRole('button', { name: 'model-even 15' }).click({ modifiers: ['Alt'] })
  await expect(query(page)).toHaveValue('status:error -trace:(model:model-even)')
  await expect(heading(page, '15 of 54 traces')).toBeVisible()
  await expect(facets.getByRole('button', { name: 'error 15' })).toHaveAttribute('aria-pressed', 'true')
  await facets.getByRole('button', { name: 'error 15' }).click()
  await expect(query(page)).toHaveValue('-trace:(model:model-even)')
})

test('columns are chosen, moved and sized, and are there after a reload', async ({ app }) => {
  const { page } = app
  const list = await openDay(page)
  await page.getByRole('button', { name: 'Columns' }).click()
  const menu = page.getByRole('dialog', { name: 'Columns' })
  await menu.getByRole('searchbox', { name: 'Find a column' }).fill('model')
  await menu.getByRole('button', { name: /^Model model/ }).click()
  await menu.getByRole('checkbox', { name: 'Spans' }).click()
  await menu.getByRole('button', { name: 'Keep Name on the left' }).click()
  await page.keyboard.press('Escape')
  await expect(list.getByRole('columnheader', { name: 'Spans' })).toHaveCount(0)
  const headers = list.getByRole('columnheader')
  await expect(headers.nth(1)).toContainText('Name')
  await list.getByRole('columnheader', { name: 'Model' }).dragTo(list.getByRole('columnheader', { name: 'Calls' }))
  const names = async () => (await headers.allTextContents()).map(name => name.trim())
  const placeOf = async (name: string) => (await names()).indexOf(name)
  await expect.poll(async () => (await placeOf('Calls')) - (await placeOf('Model'))).toBe(1)
  await list.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowUp')
  for (let i = 0; i < 6; i++) await page.keyboard.press('+')
  const width = async () => Math.round((await headers.nth(1).boundingBox())!.width)
  await expect.poll(width).toBe(226)
  const chosen = await names()
  await page.reload()
  await expect(list).toBeVisible()
  await expect.poll(names).toEqual(chosen)
  await expect.poll(width).toBe(226)
  await expect(row(list, 1)).toContainText(/model-(odd|even)/)
})

test('a star, what asks for it, and its undo', async ({ app }) => {
  const { page } = app
  const list = await openDay(page)
  await page.keyboard.press('j')
  await page.keyboard.press('s')
  const toast = page.getByRole('status').filter({ hasText: '1 trace starred' })
  await expect(toast).toBeVisible()
  await expect(row(list, 2).getByRole('button', { name: 'Starred' })).toHaveAttribute('aria-pressed', 'true')
  await query(page).fill('is:starred')
  await page.keyboard.press('Enter')
  await expect(heading(page, '1 of 54 traces')).toBeVisible()
  await list.focus()
  await page.keyboard.press('ControlOrMeta+z')
  await expect(page.getByText('No traces match this query')).toBeVisible()
  await page.keyboard.press('ControlOrMeta+Shift+z')
  await expect(heading(page, '1 of 54 traces')).toBeVisible()
})

test('all that matches is selected with an exact count, tagged, and the tag taken back', async ({ app }) => {
  const { page } = app
  const list = await openDay(page)
  await query(page).fill('is:error')
  await page.keyboard.press('Enter')
  await expect(heading(page, '30 of 54 traces')).toBeVisible()
  await list.focus()
  await page.keyboard.press('ControlOrMeta+a')
  const bar = page.getByRole('toolbar', { name: 'With what is selected' })
  await expect(bar).toContainText('30 traces, all that match')
  await page.keyboard.press('x')
  await expect(bar).toContainText('29 traces')
  await page.keyboard.press('t')
  await page.getByRole('textbox', { name: 'Tag' }).fill('needs review')
  await page.keyboard.press('Enter')
  await expect(page.getByText('29 traces got the tag “needs review”')).toBeVisible()
  await expect(row(list, 2)).toContainText('needs review')
  await query(page).fill('tag:"needs review"')
  await page.keyboard.press('Enter')
  await expect(heading(page, '29 of 54 traces')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('No traces match this query')).toBeVisible()
})

test('rows are selected with Mod, with Shift and with the arrows', async ({ app }) => {
  const { page } = app
  const list = await openDay(page)
  const bar = page.getByRole('toolbar', { name: 'With what is selected' })
  await row(list, 2).click({ modifiers: ['ControlOrMeta'] })
  await row(list, 5).click({ modifiers: ['Shift'] })
  await expect(bar).toContainText('4 traces')
  await row(list, 3).click({ modifiers: ['ControlOrMeta'] })
  await expect(bar).toContainText('3 traces')
  await expect(row(list, 3)).toHaveAttribute('aria-selected', 'false')
  await expect(row(list, 4)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Escape')
  await expect(bar).toBeHidden()
  await page.keyboard.press('Home')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  await expect(bar).toContainText('3 traces')
})

test('what is selected is exported, and nothing else', async ({ app }) => {
  const { page } = app
  await openDay(page)
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.getByRole('button', { name: 'Export…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Export' })
  await expect(dialog.getByRole('radio', { name: '2 traces' })).toBeChecked()
  await dialog.getByRole('radio', { name: /^Flat rows/ }).click()
  const download = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Export', exact: true }).click()
  const rows = readFileSync(await (await download).path(), 'utf8')
    .trim()
    .split('\n')
  const ids = rows.map(line => (JSON.parse(line) as { trace_id: string }).trace_id)
  // The newest two of the day.
  expect(ids.map(id => Number.parseInt(id, 16)).sort((a, b) => a - b)).toEqual([23, 24])
})

test('a saved view brings back its query, order and columns', async ({ app }) => {
  const { page } = app
  const list = await openDay(page)
  await query(page).fill('is:error')
  await page.keyboard.press('Enter')
  await list.getByRole('columnheader', { name: 'Duration' }).click()
  await expect(list.getByRole('columnheader', { name: 'Duration' })).toHaveAttribute('aria-sort', 'descending')
  await page.keyboard.press('ControlOrMeta+s')
  await page.getByRole('textbox', { name: 'Name' }).fill('Slow failures')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Saved as “Slow failures”')).toBeVisible()
  await page.getByRole('link', { name: 'Sessions' }).first().click()
  await expect(page.getByRole('grid', { name: 'Sessions' })).toBeVisible()
  await page.getByRole('button', { name: 'Saved' }).click()
  await page.getByRole('menuitem', { name: /Slow failures/ }).click()
  await expect(query(page)).toHaveValue('is:error')
  await expect(list.getByRole('columnheader', { name: 'Duration' })).toHaveAttribute('aria-sort', 'descending')
})

test('a session leads to its conversation and its traces; groups lead to their rows', async ({ app }) => {
  const { page } = app
  await openDay(page)
  await page.keyboard.press('ControlOrMeta+2')
  const sessions = page.getByRole('grid', { name: 'Sessions' })
  await expect(heading(page, '3 sessions')).toBeVisible()
  await expect(page.getByRole('group', { name: 'Totals of all that match' })).toContainText(
    '24 matching traces in no session',
  )
  await sessions.getByRole('row', { name: /chat 1/ }).click()
  await page.getByRole('link', { name: '10 traces' }).click()
  await expect(query(page)).toHaveValue('session:"chat 1"')
  await expect(heading(page, '10 of 54 traces')).toBeVisible()
  await page.evaluate(() => (location.hash = '#/calls?group=model'))
  const groups = page.getByRole('grid', { name: 'Calls by model' })
  await expect(heading(page, '2 groups of calls')).toBeVisible()
  await groups.getByRole('row', { name: /model-odd/ }).click()
  await expect(query(page)).toHaveValue('model:model-odd')
  await expect(heading(page, '27 of 54 calls')).toBeVisible()
})

test('from a trace one goes on to its neighbours in the list, and back to where one is by then', async ({ app }) => {
  const { page } = app
  await openSample(page)
  const list = traceList(page)
  await list.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await expect(spanTree(page)).toBeFocused()
  const first = page.url()
  await page.keyboard.press('u')
  await expect.poll(() => page.url()).not.toBe(first)
  await expect(spanTree(page)).toBeVisible()
  await page.keyboard.press('ControlOrMeta+[')
  await expect(list).toBeFocused()
  await expect(row(list, 2)).toHaveAttribute('data-active', 'row')
})

test('a file of scores is known when it is dropped, and its scores are asked for', async ({ app }) => {
  const { page } = app
  await openDay(page)
  const id = (n: number) => n.toString(16).padStart(32, '0')
  await offerText(
    page,
    'feedback.csv',
    `trace_id,name,value\n${id(1)},thumbs,down\n${id(2)},thumbs,up\nffff,thumbs,up\n`,
  )
  const panel = page.getByRole('region', { name: 'Scores' })
  await expect(panel).toContainText('3 rows, 2 scores added')
  await expect(panel).toContainText('line 4: The store has no trace ffff.')
  await page.keyboard.press('Escape')
  await expect(panel).toBeHidden()
  await query(page).fill('score.thumbs:0')
  await page.keyboard.press('Enter')
  await expect(heading(page, '1 of 54 traces')).toBeVisible()
  await page.getByRole('link', { name: 'Imports' }).first().click()
  await page.getByRole('button', { name: 'Remove the scores of feedback.csv' }).click()
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Scores from elsewhere' })).toBeHidden()
})
