// Somebody arrives with a complaint and lands on the right traces: the query bar, and what it found.

import type { Page } from '@playwright/test'
import { expect, test } from './app.ts'
import { dropFile, importPanel, openSample, spanTree, traceList } from './flow.ts'

test.use({ holds: 'sample' })

const bar = (page: Page) => page.getByRole('combobox', { name: 'Query', exact: true })
/** The bar, and what it says under the box. */
const said = (page: Page) => page.getByRole('search')
const found = (page: Page, words: string | RegExp) => expect(said(page).getByRole('heading')).toHaveText(words)
const hits = (page: Page) => page.getByRole('group', { name: 'Hits' })

/** Types into the bar as a person does, and runs it. */
async function ask(page: Page, query: string): Promise<void> {
  await page.keyboard.press('/')
  await expect(bar(page)).toBeFocused()
  await page.keyboard.type(query)
  await page.keyboard.press('Enter')
}

/** What the browser paints as a hit, in order. */
function painted(page: Page): Promise<string[]> {
  return page.evaluate(() => [...(CSS.highlights.get('hit') ?? [])].map(range => (range as Range).toString()))
}

test('by a phrase of a bad answer: the trace, the span, the words', async ({ app }) => {
  const { page } = app
  await openSample(page)
  await ask(page, '"Amount exceeds LIMIT"')
  await found(page, /^6 of 87 traces/)
  await expect(page.getByText('traces with spans that contain “Amount exceeds LIMIT”')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(traceList(page)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(spanTree(page)).toBeFocused()
  const row = spanTree(page).getByRole('row', { selected: true })
  await expect(row).toHaveAccessibleName(/, matches the query$/)
  await expect.poll(() => painted(page)).toContain('amount exceeds limit')
  await page.keyboard.press('Enter')
  await page.keyboard.press('n')
  await expect(hits(page)).toContainText(/^hit 1 of \d+ · in /)
  // The texts are what they were: nothing was put into the page.
  expect(await page.getByRole('region', { name: 'Span details' }).locator('mark').count()).toBe(0)
  await page.goBack()
  await expect(bar(page)).toHaveValue('"Amount exceeds LIMIT"')
  await found(page, /^6 of 87 traces/)
})

test('by a failing tool under an agent, written with completions and without a mouse', async ({ app }) => {
  const { page } = app
  await openSample(page)
  const list = page.getByRole('listbox', { name: 'Completions' })
  await page.keyboard.press('/')
  await page.keyboard.type('kin')
  await expect(list.getByRole('option').first()).toHaveText(/^kind:/)
  await page.keyboard.press('Tab')
  await expect(bar(page)).toHaveValue('kind:')
  await page.keyboard.type('to')
  await expect(list.getByRole('option')).toHaveText(['tool'])
  await page.keyboard.press('ArrowDown')
  await expect(bar(page)).toHaveAttribute('aria-activedescendant', /.+/)
  await page.keyboard.press('Enter')
  await page.keyboard.type('is:err')
  await expect(list).toBeVisible()
  await page.keyboard.press('Tab')
  await page.keyboard.type('anc')
  await expect(list).toBeVisible()
  await page.keyboard.press('Tab')
  await page.keyboard.type('name:invoke_agent*)')
  await page.keyboard.press('Enter')
  await expect(bar(page)).toHaveValue('kind:tool is:error ancestor:(name:invoke_agent*)')
  await found(page, /^6 of 87 traces/)
  await expect(page.getByText('tool spans that failed, under spans whose name starts with invoke_agent')).toBeVisible()
  // One step of undo takes a completion back, as it would a word that was typed.
  await bar(page).press('ControlOrMeta+z')
  await expect(bar(page)).not.toHaveValue('kind:tool is:error ancestor:(name:invoke_agent*)')
})

test('by prompt version, from a value that is shown', async ({ app }) => {
  const { page } = app
  await openSample(page)
  await ask(page, 'prompt:order-support kind:generation')
  await found(page, /^68 of 87 traces/)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Enter')
  await page.getByRole('tab', { name: 'Prompt' }).click()
  const version = page.getByRole('button', { name: /^[67]$/ })
  const shown = await version.textContent()
  await version.click()
  await page.getByRole('menuitem', { name: 'Only prompt.version' }).click()
  await expect(bar(page)).toHaveValue(`prompt:order-support kind:generation prompt.version:${shown}`)
  await found(page, /^34 of 87 traces/)
})

test('by a Japanese word', async ({ app }) => {
  const { page } = app
  await openSample(page)
  const line = (id: string, text: string) =>
    JSON.stringify({
      trace_id: id,
      span_id: `${id}-1`,
      model_name: 'gpt-4.1',
      input: [{ role: 'user', content: text }],
      output: 'かしこまりました。',
      latency_ms: 900,
    })
  const text = [line('tr_ja_1', '注文1182の返品をお願いします。'), line('tr_ja_2', '品返しません')].join('\n')
  await dropFile(page, 'shop.jsonl', `${text}\n`)
  await importPanel(page).getByRole('button', { name: 'Open traces' }).click()
  await ask(page, '返品')
  await found(page, /^1 of 89 traces/)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Enter')
  await expect.poll(() => painted(page)).toEqual(['返品'])
})

test('a mistake is underlined at its character and the last good result stays', async ({ app }) => {
  const { page } = app
  await openSample(page)
  await ask(page, 'is:error')
  await found(page, /^9 of 87 traces|^\d+ of 87 traces/)
  const count = (await said(page).getByRole('heading').textContent()) ?? ''
  await page.keyboard.type(' (kind:tool')
  await page.keyboard.press('Enter')
  await expect(bar(page)).toHaveAttribute('aria-invalid', 'true')
  await expect(said(page).getByText('This parenthesis is not closed.')).toBeVisible()
  await found(page, count)
  await page.getByRole('button', { name: 'At character 10' }).click()
  await page.keyboard.press('Delete')
  await page.keyboard.press('Enter')
  await expect(bar(page)).toHaveValue('is:error kind:tool')
  await found(page, /^6 of 87 traces/)
})

test('an empty result says which condition is to blame, and a click takes it out', async ({ app }) => {
  const { page } = app
  await openSample(page)
  await ask(page, 'kind:tool is:error name:nobody')
  await expect(page.getByText('No traces match 3 conditions')).toBeVisible()
  await expect(page.getByText('The other 2 change nothing.')).toBeVisible()
  await page.getByRole('button', { name: 'Remove name:nobody' }).click()
  await expect(bar(page)).toHaveValue('kind:tool is:error')
  await found(page, /^6 of 87 traces/)
})

test('the query survives a reload, goes back and forward, and is recalled with Up', async ({ app }) => {
  const { page } = app
  await openSample(page)
  await ask(page, 'kind:retrieval')
  await expect(page).toHaveURL(/q=kind%3Aretrieval$/)
  await bar(page).press('ControlOrMeta+a')
  await page.keyboard.type('kind:tool')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/q=kind%3Atool$/)
  await page.reload()
  await expect(bar(page)).toHaveValue('kind:tool')
  await page.goBack()
  await expect(bar(page)).toHaveValue('kind:retrieval')
  await page.goForward()
  await expect(bar(page)).toHaveValue('kind:tool')
  await bar(page).press('ControlOrMeta+a')
  await page.keyboard.press('Delete')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await expect(bar(page)).toHaveValue('kind:retrieval')
})

test('a megabyte, five thousand parentheses and an evil regex leave the window responsive', async ({
  app,
  context,
}) => {
  const { page } = app
  await openSample(page)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const paste = async (text: string) => {
    await page.evaluate(one => navigator.clipboard.writeText(one), text)
    await bar(page).press('ControlOrMeta+a')
    await bar(page).press('ControlOrMeta+v')
  }
  await page.evaluate(() => {
    const seen = globalThis as { longest?: number }
    seen.longest = 0
    new PerformanceObserver(list => {
      for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest ?? 0, duration)
    }).observe({ type: 'longtask' })
  })
  await paste('x'.repeat(1 << 20))
  await expect(said(page).getByText('1,048,576 characters; a query has at most 65,536')).toBeVisible()
  await paste('('.repeat(5000))
  await page.keyboard.press('Enter')
  await expect(said(page).getByText('At most 50 parentheses')).toBeVisible()
  await paste(`"${'a '.repeat(30_000)}"`)
  await paste('/(a+)+$/ \u202e<img src=x onerror=alert(1)>')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/No traces match/)).toBeVisible()
  const longest = await page.evaluate(() => (globalThis as { longest?: number }).longest ?? 0)
  expect(longest, 'the longest task, in milliseconds').toBeLessThan(1000)
  await bar(page).press('ControlOrMeta+a')
  await page.keyboard.type('kind:tool')
  await page.keyboard.press('Enter')
  await found(page, /of 87 traces/)
})

test('in the smallest window everything between the bar and the list is in reach', async ({ app }) => {
  const { page } = app
  await openSample(page)
  await page.setViewportSize({ width: 640, height: 480 })
  for (const name of ['Group by', 'Columns', 'Facets', 'Histogram']) {
    await expect(page.getByRole('button', { name, exact: true })).toBeInViewport({ ratio: 1 })
  }
})

test('a hit far down in a long message is in view when its trace opens, and the reader scrolls from there', async ({
  app,
}) => {
  const { page } = app
  const text = (key: string, value: string) => ({ key, value: { stringValue: value } })
  const line = 'The customer writes about an order that has not arrived.\n'
  const span = {
    traceId: '1'.padStart(32, '0'),
    spanId: '1'.padStart(16, '0'),
    name: 'chat',
    startTimeUnixNano: '1767571200000000000',
    endTimeUnixNano: '1767571201000000000',
    attributes: [
      text('openinference.span.kind', 'LLM'),
      text('llm.input_messages.0.message.role', 'user'),
      text('llm.input_messages.0.message.content', `${line.repeat(900)}Then the zebra came.\n${line.repeat(100)}`),
    ],
  }
  await dropFile(page, 'long.json', JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }))
  await expect(importPanel(page)).toContainText('1 trace')
  await page.keyboard.press('Escape')
  await ask(page, 'zebra')
  await found(page, /^1 of/)
  await page.keyboard.press('Escape')
  await expect(traceList(page)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect.poll(() => painted(page)).toEqual(['zebra'])
  const panel = page.getByRole('tabpanel')
  const distance = () =>
    panel.evaluate(element => {
      const [hit] = CSS.highlights.get('hit') ?? []
      const { top, bottom } = element.getBoundingClientRect()
      const at = (hit as Range).getBoundingClientRect().top
      return at < top ? at - top : Math.max(0, at - bottom)
    })
  await expect.poll(distance).toBe(0)
  // Two frames after a scroll by hand: what would bring the hit into view again does so in the next one.
  await panel.evaluate(element => {
    element.scrollTop = 0
    return new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  })
  expect(await panel.evaluate(element => element.scrollTop)).toBe(0)
})
