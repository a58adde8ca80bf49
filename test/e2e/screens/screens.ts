import { fixture } from '../../helpers/fixtures.ts'
import { expect } from '../app.ts'
import { chooseFile, importPanel, importSheet, offerFile, openSample, openTrace, sample, traceList } from '../flow.ts'
import type { Screens } from '../looks.ts'

/** Each screen, and how one gets there from the one before. */
export const screens: Screens = [
  ['welcome', async page => expect(page.getByRole('button', { name: 'Open the sample traces' })).toBeVisible()],
  ['traces', openSample],
  [
    'query completions',
    async page => {
      await page.keyboard.press('/')
      await page.keyboard.type('kind:generation modle:x "rate limit" cost:>0.05 m')
      await expect(page.getByRole('listbox', { name: 'Completions' })).toBeVisible()
      await page.keyboard.press('ArrowDown')
    },
  ],
  [
    'query mistake',
    async page => {
      await page.keyboard.type(' (kind:tol OR tool:[a,b')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('search').getByText('At character')).toBeVisible()
    },
  ],
  [
    'query without result',
    async page => {
      await page.keyboard.press('ControlOrMeta+a')
      await page.keyboard.type('kind:tool is:error name:nobody started:2026-11-05..2026-11-18')
      await page.keyboard.press('Enter')
      await expect(page.getByText('No traces match 4 conditions')).toBeVisible()
      await expect(page.getByText('The other 3 change nothing.')).toBeVisible()
    },
  ],
  [
    'query time',
    async page => {
      await page.getByRole('button', { name: /^Time:/ }).click()
      await expect(page.getByRole('dialog', { name: 'Time range' })).toBeVisible()
    },
  ],
  [
    'query help',
    async page => {
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Help on the query language' }).click()
      await expect(page.getByRole('dialog', { name: 'The query language' })).toBeVisible()
    },
  ],
  [
    'value menu',
    async page => {
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Clear the query' }).first().click()
      await expect(traceList(page)).toBeVisible()
      await page.getByRole('rowheader').first().click({ button: 'right' })
      await expect(page.getByRole('menu')).toBeVisible()
    },
  ],
  [
    'query hits',
    async page => {
      await page.keyboard.press('Escape')
      await page.keyboard.press('/')
      await page.keyboard.type('"amount exceeds limit"')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('search').getByRole('heading')).toHaveText(/^6 of/)
      await page.keyboard.press('Escape')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('group', { name: 'Hits' })).toBeVisible()
      await page.getByRole('button', { name: 'Next hit' }).click()
    },
  ],
  [
    'receipt',
    async page => {
      await chooseFile(page, fixture('malformed/broken-line.jsonl'))
      await expect(importPanel(page).getByRole('button', { name: 'Open traces' })).toBeVisible()
    },
  ],
  [
    'sheet',
    async page => {
      await page.keyboard.press('Escape')
      await offerFile(page, fixture('flat/support-ticket.jsonl'))
      await expect(importSheet(page).getByRole('region', { name: 'Preview' })).toBeVisible()
    },
  ],
  [
    'trace',
    async page => {
      await page.keyboard.press('Escape')
      await openTrace(page, sample.refused)
      await page.keyboard.press('e')
    },
  ],
  [
    'raw record',
    async page => {
      await page.keyboard.press('i')
      await expect(page.locator('.monaco-editor').first()).toBeVisible()
    },
  ],
  [
    'imports',
    async page => {
      await page.getByRole('link', { name: 'Imports' }).first().click()
      await expect(page.getByRole('main').getByText('broken-line.jsonl').first()).toBeVisible()
    },
  ],
  [
    'audit',
    async page => {
      await page.keyboard.press('ControlOrMeta+8')
      await expect(page.getByRole('main').getByRole('region', { name: 'Whole traces' })).toBeVisible()
    },
  ],
  [
    'export',
    async page => {
      await page.keyboard.press('ControlOrMeta+Shift+e')
      await expect(page.getByRole('dialog', { name: 'Export' })).toBeVisible()
    },
  ],
  [
    'palette',
    async page => {
      await page.keyboard.press('Escape')
      await page.keyboard.press('ControlOrMeta+k')
      await expect(page.getByRole('dialog')).toBeVisible()
    },
  ],
  [
    'shortcuts',
    async page => {
      await page.keyboard.press('Escape')
      await page.keyboard.press('?')
      await expect(page.getByRole('dialog')).toBeVisible()
    },
  ],
  [
    'nowhere',
    async page => {
      await page.keyboard.press('Escape')
      await page.evaluate(() => (location.hash = '#/nowhere'))
      await expect(page.getByText('There is nothing at this address')).toBeVisible()
    },
  ],
]
