import type { Page } from '@playwright/test'
import { expect, test } from './app.ts'
import { dumpOf, prose, say } from './conversations.ts'
import { dropFile, importPanel, spanTree, traceList } from './flow.ts'
import { longestTask } from './longest-task.ts'

const details = (page: Page) => page.getByRole('region', { name: 'Span details' })
const messages = (page: Page) => details(page).getByRole('article')

async function importDump(page: Page, text: string): Promise<void> {
  await dropFile(page, 'conversation.json', text)
  await expect(importPanel(page).getByRole('button', { name: 'Open traces' })).toBeVisible({ timeout: 30_000 })
  await page.keyboard.press('Escape')
}

async function openTrace(page: Page, digit: string): Promise<void> {
  await page.evaluate(id => (location.hash = `#/trace/${id}`), digit.repeat(32))
  await expect(spanTree(page)).toBeVisible()
  await expect(details(page).getByRole('tab').first()).toBeVisible()
}

const system = say('system', 'You may refund up to 50.')
const asked = say('user', 'refund order **1182**, see [the policy](https://policy.example/refunds)')
const calls = {
  role: 'assistant',
  parts: [{ type: 'tool_call', id: 'c1', name: 'issue_refund', arguments: { order: 1182, amount: 80 } }],
}
const failed = {
  role: 'tool',
  parts: [{ type: 'tool_call_response', id: 'c1', response: { error: 'amount exceeds limit' } }],
}
const answered = say('assistant', 'The refund is **above my limit**.\n\n1. I asked a colleague.')
const thanks = say('user', 'thanks')
const history = [system, asked, calls, failed, answered, thanks]

const conversation = dumpOf([
  { trace: 'a', session: 'chat 7', input: history.slice(0, 2), output: [calls] },
  { trace: 'a', session: 'chat 7', input: history.slice(0, 4), output: [answered] },
  { trace: 'b', session: 'chat 7', input: history, output: [say('assistant', 'You are welcome.')] },
])

test('a turn shows what is new in it, its call with the result, and the rest where it is asked for', async ({
  app,
}) => {
  const { page } = app
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await importDump(page, conversation)
  await openTrace(page, 'a')
  await expect(messages(page).first()).toContainText('You may refund up to 50.')
  await expect(details(page).locator('a')).toHaveCount(0)
  await expect(
    details(page).getByRole('button', { name: /the policy \(https:\/\/policy.example\/refunds\)/ }),
  ).toBeVisible()
  await spanTree(page).focus()
  await page.keyboard.press('ArrowDown')
  await expect(
    details(page).getByRole('button', { name: '1 earlier message, same as the previous call · show all' }),
  ).toBeVisible()
  // The call was sent before, its result was not: the two stand together.
  const fresh = messages(page).filter({ hasText: 'issue_refund' })
  await expect(fresh).toHaveCount(1)
  await expect(fresh).toContainText('amount exceeds limit')
  await expect(fresh).toHaveAccessibleName('new assistant message')
  await expect(messages(page).last().locator('strong')).toHaveText('above my limit')
  await details(page)
    .getByRole('button', { name: /1 earlier message/ })
    .click()
  await expect(messages(page).filter({ hasText: 'refund order 1182' })).toBeVisible()

  await page.keyboard.press('ControlOrMeta+Alt+c')
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('## generation: chat gpt-4o')
  await page.keyboard.press('ControlOrMeta+Alt+Shift+c')
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^# chat gpt-4o/)
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toContain('_2 earlier messages, same as the previous call_')
  expect(copied.match(/You may refund up to 50/g)).toHaveLength(1)

  await details(page).getByRole('button', { name: 'previous call', exact: true }).click()
  await expect(details(page).getByRole('button', { name: 'previous call', exact: true })).toHaveCount(0)
  await page.keyboard.press('ControlOrMeta+[')
  await expect(details(page).getByRole('button', { name: 'previous call', exact: true })).toBeVisible()
})

test('a conversation over two traces, by keyboard, from its id to a call and back', async ({ app }) => {
  const { page } = app
  await importDump(page, conversation)
  await openTrace(page, 'b')
  await page.getByRole('link', { name: 'session chat 7' }).click()
  const pane = page.getByRole('region', { name: 'Conversation' })
  await expect(pane).toBeFocused()
  await expect(pane.getByRole('link', { name: /^Trace / })).toHaveCount(2)
  await expect(pane.getByText('amount exceeds limit')).toHaveCount(1)
  await expect(pane.getByText('You may refund up to 50.')).toHaveCount(1)
  for (const key of ['j', 'j', 'j']) await page.keyboard.press(key)
  await expect(pane.getByRole('article', { name: 'Turn 3' })).toBeFocused()
  await expect(pane.getByRole('article', { name: 'Turn 3' })).toContainText('4 messages again')
  await page.keyboard.press('Enter')
  await expect(spanTree(page)).toBeVisible()
  expect(page.url()).toContain('b'.repeat(32))
  await page.keyboard.press('ControlOrMeta+[')
  await expect(pane).toBeVisible()
})

test('a message of 5 MB and a conversation of 2,000 turns are all there, and keep nobody waiting', async ({ app }) => {
  test.setTimeout(180_000)
  const { page } = app
  const large = `${prose(5_000_000)}\nthe very last words`
  const turns = Array.from({ length: 2000 }, (_, i) => say(i % 2 ? 'assistant' : 'user', `turn ${i}. ${prose(400)}`))
  const answer = [say('assistant', 'ok')]
  await importDump(
    page,
    dumpOf([
      { trace: 'c', input: [say('user', large)], output: answer },
      { trace: 'd', input: turns, output: answer },
    ]),
  )
  const panel = details(page).getByRole('tabpanel')
  const scroll = async (to: number) => {
    await panel.evaluate((element, share) => (element.scrollTop = element.scrollHeight * share), to)
    await page.waitForTimeout(150)
  }
  // What readers are promised is 50. Other work on the same cores only adds to it: the quietest of a few rounds counts.
  const keepsNobodyWaiting = async (what: string, work: () => Promise<void>) => {
    const rounds: number[] = []
    while (rounds.length < 3 && !rounds.some(longest => longest < 50)) {
      await page.evaluate(() => (location.hash = '#/traces'))
      await expect(traceList(page)).toBeVisible()
      rounds.push(await longestTask(page, work))
    }
    console.log(`longest task for ${what}: ${rounds.map(longest => longest.toFixed(1)).join(', ')} ms`)
    expect(Math.min(...rounds)).toBeLessThan(50)
  }
  const made = () => page.evaluate(() => document.querySelectorAll('*').length)

  await keepsNobodyWaiting('5 MB', async () => {
    await openTrace(page, 'c')
    await details(page).getByRole('button', { name: 'Show all 5.0 MB' }).click()
    for (let i = 0; i <= 10; i++) await scroll(i / 10)
    // Pieces get their true size while one comes near.
    await expect(async () => {
      await scroll(1)
      await expect(details(page).getByText('the very last words')).toBeInViewport({ timeout: 200 })
    }).toPass({ timeout: 20_000 })
    const find = details(page).getByRole('searchbox', { name: 'Find in this text' })
    await find.fill('very last')
    await find.press('Enter')
    await expect(details(page).locator('output').filter({ hasText: '1 of 1' })).toBeVisible()
  })
  expect(await made()).toBeLessThan(2000)

  await keepsNobodyWaiting('2,000 turns', async () => {
    await openTrace(page, 'd')
    await details(page).getByRole('button', { name: '1,994 earlier messages · show' }).click()
    await expect(messages(page).first()).toContainText('turn 0.')
    for (let i = 0; i <= 10; i++) await scroll(i / 10)
    await expect(async () => {
      await scroll(1)
      await expect(messages(page).filter({ hasText: 'turn 1999.' })).toBeInViewport({ timeout: 200 })
    }).toPass({ timeout: 20_000 })
  })
  expect(await messages(page).count()).toBeLessThan(120)

  await keepsNobodyWaiting('hits in them', async () => {
    await page.evaluate(
      id => (location.hash = `#/trace/${id}?q=${encodeURIComponent('"turn 700" OR waits')}`),
      'd'.repeat(32),
    )
    await expect(details(page).getByRole('group', { name: 'Hits' })).toContainText(/[\d,]{5,} hits/)
    await details(page).getByRole('button', { name: 'Next hit' }).click()
    await expect(details(page).getByRole('group', { name: 'Hits' })).toContainText(/hit 1 of .* in input message 1/)
  })
})
