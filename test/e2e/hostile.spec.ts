import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { expect, test } from './app.ts'
import { dropFile, importPanel, spanTree, traceList } from './flow.ts'
import { hostileDump, hostileTexts } from './hostile-texts.ts'

/** A server that nobody should ever call. */
async function listen(): Promise<{ address: string; calls: string[]; server: Server }> {
  const calls: string[] = []
  const server = createServer((request, response) => {
    calls.push(request.url ?? '')
    response.end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls, server }
}

test('hostile texts in every field stay text, and nobody is called', async ({ app }) => {
  test.setTimeout(180_000)
  const { page } = app
  const { address, calls, server } = await listen()
  expect(hostileTexts(address).length).toBeGreaterThan(150)

  await dropFile(page, '<img src=x onerror=window.pwn=1>.json', hostileDump(address))
  await importPanel(page).getByRole('button', { name: 'Open traces' }).click()
  await traceList(page).focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await expect(spanTree(page)).toBeFocused()
  await expect(spanTree(page)).toHaveAttribute('aria-rowcount', String(hostileTexts(address).length))

  const elements = await countActive(page)
  for (let row = 1; row < hostileTexts(address).length; row++) {
    await page.keyboard.press('ArrowDown')
    // The details settle 120 ms after the selection; a stop now and then lets them appear.
    if (row % 8 === 0) await page.waitForTimeout(300)
    if (row % 40 !== 0) continue
    await page.keyboard.press('i')
    await expect(page.locator('.monaco-editor').first()).toBeVisible()
    await spanTree(page).focus()
  }
  expect(await countActive(page)).toEqual(elements)
  // The same texts as a conversation, and each section of a span.
  for (const tab of ['model', 'usage', 'events', 'facts', 'attributes', 'prompt']) {
    await page.evaluate(name => (location.hash = location.hash.replace(/tab=\w+/, `tab=${name}`)), tab)
    await page.waitForTimeout(200)
    expect(await countActive(page)).toEqual(elements)
  }
  await page.getByRole('link', { name: /^session / }).click()
  const conversation = page.getByRole('region', { name: 'Conversation' })
  await expect(conversation.getByRole('article').first()).toBeVisible()
  for (let turn = 0; turn < 40; turn++) await page.keyboard.press('j')
  await expect(conversation.getByRole('article', { name: 'Turn 40' })).toBeFocused()
  expect(await countActive(page)).toEqual(elements)
  expect(await page.evaluate(() => 'pwn' in window)).toBe(false)
  expect(calls).toEqual([])
  server.close()
})

/** Elements that run or fetch something, beyond the page's own script. */
function countActive(page: Page) {
  return page.evaluate(() => ({
    active: document.querySelectorAll('iframe, object, embed, video, audio, form, base, meta[http-equiv=refresh]')
      .length,
    scripts: document.querySelectorAll('body script').length,
    handlers: [...document.querySelectorAll('*')].filter(element =>
      element.getAttributeNames().some(name => name.startsWith('on')),
    ).length,
    hrefs: [...document.querySelectorAll('a[href]')].filter(link =>
      /^(?:javascript|data):/i.test(link.getAttribute('href') ?? ''),
    ).length,
  }))
}

test('the page itself may not turn text into code', async ({ app }) => {
  const { page } = app
  app.allow(/policy:|Content Security Policy|TrustedHTML|TrustedScript|Refused|violates/)
  const refused = await page.evaluate(async () => {
    // In a task of the page's own: what the debugger evaluates itself is exempt from the policy.
    await new Promise(resolve => setTimeout(resolve))
    const attempts: Record<string, () => unknown> = {
      innerHTML: () => (document.createElement('div').innerHTML = '<b>x</b>'),
      // oxlint-disable-next-line no-eval
      eval: () => (0, eval)('1'),
      // oxlint-disable-next-line no-new-func typescript/no-implied-eval
      Function: () => new Function('return 1')(),
      worker: () => new Worker('data:text/javascript,postMessage(1)'),
      write: () => document.write('<b>x</b>'),
    }
    const outcome: Record<string, boolean> = {}
    for (const [name, attempt] of Object.entries(attempts)) {
      try {
        const made = attempt()
        outcome[name] =
          made instanceof Worker
            ? await new Promise<boolean>(resolve => {
                made.addEventListener('error', () => resolve(true))
                made.addEventListener('message', () => resolve(false))
              })
            : false
      } catch {
        outcome[name] = true
      }
    }
    return outcome
  })
  expect(refused).toEqual({ innerHTML: true, eval: true, Function: true, worker: true, write: true })
  await expect(
    page.evaluate(() =>
      fetch('http://127.0.0.1:1/').then(
        () => 'let through',
        () => 'refused',
      ),
    ),
  ).resolves.toBe('refused')
})
