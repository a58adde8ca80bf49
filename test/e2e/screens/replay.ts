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
    'text of a request',
    async page => {
      await page.getByText('Where each field is from').click()
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
      await page.getByRole('button', { name: 'Several…' }).click()
      const several = page.getByRole('dialog', { name: 'Send several' })
      await several.getByLabel(/^Never more than/).fill('0.05')
      await expect(several.getByText(/does not cap its answer/)).toBeVisible()
    },
  ],
  [
    'what was sent',
    async page => {
      await page.keyboard.press('Escape')
      await page.keyboard.press('ControlOrMeta+5')
      await expect(page.getByRole('region', { name: 'Ledger' }).getByRole('row')).toHaveCount(3)
    },
  ],
]

/** Sends it to a server on this machine, once. */
async function answeredBy(page: Page, answer: object, status: number): Promise<void> {
  const server = createServer((request, response) => {
    request.resume()
    request.on('end', () => {
      const headers = { 'content-type': 'application/json', 'retry-after': '1800' }
      response.writeHead(status, headers).end(JSON.stringify(answer))
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  await page.getByRole('button', { name: 'Add…' }).click()
  const adding = page.getByRole('dialog', { name: 'Add a connection' })
  await adding.getByLabel('Name', { exact: true }).fill(`here ${status}`)
  await adding.getByLabel(/^Origin/).fill(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  await adding.getByLabel(/^Name of its key/).fill('')
  await adding.getByRole('button', { name: 'Save' }).click()
  await expect(adding).toBeHidden()
  await page.getByRole('button', { name: /^Send/ }).click()
  await expect(page.getByRole('button', { name: 'Cancel' })).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Open its trace' })).toBeVisible()
  await new Promise(resolve => server.close(resolve))
}
