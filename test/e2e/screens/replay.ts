import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { expect } from '../app.ts'
import { openTrace, sample, spanTree } from '../flow.ts'
import type { Screens } from '../looks.ts'

/** A call that is sent again: before, while one says where to, and after. */
export const replayScreens: Screens = [
  [
    'replay, before anything was sent',
    async page => {
      await page.keyboard.press('ControlOrMeta+5')
      await expect(page.getByText('Nothing was ever sent from here')).toBeVisible()
    },
  ],
  [
    'request of a call',
    async page => {
      await openTrace(page, sample.refused)
      await spanTree(page).focus()
      await page.keyboard.press('e')
      await page.keyboard.press('ArrowUp')
      await page.keyboard.press('r')
      await expect(page.getByRole('region', { name: 'Request' }).getByRole('article').first()).toBeVisible()
    },
  ],
  ['where its fields are from', async page => page.getByText('Where each field is from').click()],
  [
    'tools, and what would be refused',
    async page => {
      await page.getByText('Where each field is from').click()
      const request = page.getByRole('region', { name: 'Request' })
      await request.getByRole('button', { name: 'Tool', exact: true }).click()
      await request.getByText('new_tool', { exact: true }).click()
      await request.getByRole('textbox', { name: 'Model' }).fill('gpt-5')
      await request.getByLabel('Name of a parameter to add').fill('temperature')
      await request.getByRole('button', { name: 'Parameter', exact: true }).click()
      await request.getByRole('textbox', { name: 'temperature' }).fill('0')
      await expect(request.getByRole('button', { name: 'Take out temperature' }).first()).toBeVisible()
      await request.getByRole('textbox', { name: 'Tool new_tool, description' }).scrollIntoViewIfNeeded()
    },
  ],
  [
    'text of a request',
    async page => {
      for (let i = 0; i < 6; i++) await page.getByRole('button', { name: 'Undo', exact: true }).click({ force: true })
      await page.getByRole('button', { name: 'Text', exact: true }).click()
      await expect(page.locator('.monaco-editor').first()).toContainText('messages')
    },
  ],
  [
    'connection',
    async page => {
      await page.getByRole('button', { name: 'Form', exact: true }).click()
      await page.getByRole('button', { name: 'Add…' }).click()
      await expect(page.getByRole('dialog', { name: 'Add a connection' })).toBeVisible()
    },
  ],
  [
    'key of a connection',
    async page => {
      const adding = page.getByRole('dialog', { name: 'Add a connection' })
      await adding.getByLabel('Name', { exact: true }).fill('work')
      await adding.getByRole('button', { name: 'Save' }).click()
      await page.getByRole('button', { name: 'Key…' }).click()
      await expect(page.getByRole('dialog', { name: 'The key of work' })).toBeVisible()
      await page.getByRole('radio', { name: /^In a vault/ }).click()
    },
  ],
  [
    'answer beside the logged one',
    async page => {
      await page.keyboard.press('Escape')
      await answeredBy(page, { choices: [{ message: { role: 'assistant', content: 'The limit is 100.' } }] }, 200)
      await expect(page.getByRole('table', { name: 'Figures of A and B' })).toBeVisible()
    },
  ],
  [
    'refused by the provider',
    async page => {
      await answeredBy(page, { error: { type: 'rate_limit', message: 'Rate limit reached for gpt-4o.' } }, 429)
      await expect(page.getByText('Refused by the provider')).toBeVisible()
    },
  ],
  [
    'several at once',
    async page => {
      await page.getByRole('button', { name: 'Another request like this one' }).click()
      await page.getByRole('button', { name: 'Several…' }).click()
      const several = page.getByRole('dialog', { name: 'Send several' })
      await several.getByRole('checkbox', { name: 'Request 1' }).check()
      await several.getByLabel(/^Never more than/).fill('0.05')
      await expect(several.getByText(/^Nobody knows what the first of them may cost/)).toBeVisible()
    },
  ],
  [
    'how far answers agree, in a wide window',
    async page => {
      await page.setViewportSize({ width: 1680, height: 900 })
      await page.keyboard.press('Escape')
      await connectTo(page, ['The limit is 100.', 'The limit is 100.', 'It is above my limit.', 'The limit is 100.'])
      await page.getByRole('button', { name: 'Several…' }).click()
      const several = page.getByRole('dialog', { name: 'Send several' })
      await several.getByRole('checkbox', { name: 'Request 1' }).check()
      await several.getByLabel('Times each').fill('2')
      await several.getByRole('button', { name: 'Send 4' }).click()
      await page.getByRole('button', { name: /^\S+ ?Run of 4/ }).click()
      await expect(page.getByRole('row', { name: /^Request 2.* 2 of 2/ })).toBeVisible()
    },
  ],
  [
    'score of an answer',
    async page => {
      await page.getByRole('region', { name: 'How far the answers agree' }).getByRole('button').first().click()
      await page.getByRole('button', { name: 'Score…' }).click()
      await expect(page.getByRole('dialog', { name: 'Score this answer' })).toBeVisible()
    },
  ],
  [
    'replay in a small window',
    async page => {
      await page.keyboard.press('Escape')
      await page.setViewportSize({ width: 640, height: 480 })
      await expect(page.getByRole('tab', { name: 'Answers' })).toBeVisible()
      const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
      expect(widths[0]).toBe(widths[1])
    },
  ],
  [
    'what was sent',
    async page => {
      await page.setViewportSize({ width: 1280, height: 800 })
      await page.keyboard.press('ControlOrMeta+5')
      await expect(page.getByRole('region', { name: 'Ledger' }).getByRole('row')).toHaveCount(7)
    },
  ],
]

/** Sends it to a server on this machine, once. */
async function answeredBy(page: Page, answer: object, status: number): Promise<void> {
  await connect(page, `here ${status}`, [answer], status)
  await page.getByRole('button', { name: /^Send/ }).click()
  await expect(page.getByRole('button', { name: 'Cancel' })).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Open its trace' })).toBeVisible()
}

/** Will be answered by a server on this machine with one text after another. */
async function connectTo(page: Page, texts: readonly string[]): Promise<void> {
  const usage = { prompt_tokens: 293, completion_tokens: 12 }
  const answers = texts.map(content => ({ choices: [{ message: { role: 'assistant', content } }], usage }))
  await connect(page, 'agreeing', answers, 200)
}

/** Adds a connection to a server that closes after its last answer. */
async function connect(page: Page, name: string, answers: readonly object[], status: number): Promise<void> {
  let at = 0
  const server = createServer((request, response) => {
    request.resume()
    request.on('end', () => {
      const headers = { 'content-type': 'application/json', ...(status === 429 ? { 'retry-after': '1800' } : {}) }
      response.writeHead(status, headers).end(JSON.stringify(answers[at++]))
      if (at === answers.length) server.close()
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  await page.getByRole('button', { name: 'Add…' }).click()
  const adding = page.getByRole('dialog', { name: 'Add a connection' })
  await adding.getByLabel('Name', { exact: true }).fill(name)
  await adding.getByLabel(/^Origin/).fill(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  await adding.getByLabel(/^Name of its key/).fill('')
  await adding.getByRole('button', { name: 'Save' }).click()
  await expect(adding).toBeHidden()
}
