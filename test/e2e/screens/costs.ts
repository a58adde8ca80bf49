import { expect } from '../app.ts'
import { openSample } from '../flow.ts'
import type { Screens } from '../looks.ts'

/** The cost table in its states. */
export const costScreens: Screens = [
  [
    'costs',
    async page => {
      await openSample(page)
      await page.getByRole('link', { name: 'Costs' }).click()
      await page.getByRole('combobox').fill('started:2026-11-10')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('treegrid', { name: 'Costs' }).getByRole('row').nth(1)).toBeVisible()
    },
  ],
  [
    'costs compared and unfolded',
    async page => {
      await page.getByRole('button', { name: 'then by' }).click()
      await page.getByRole('menuitem', { name: 'Service' }).click()
      await page.getByRole('button', { name: 'Compare' }).click()
      await page.getByRole('button', { name: 'The period before' }).click()
      const table = page.getByRole('treegrid', { name: 'Costs' })
      await table.focus()
      for (const key of ['Home', 'ArrowRight']) await page.keyboard.press(key)
      await expect(table.getByRole('row', { level: 2 }).first()).toBeVisible()
    },
  ],
  [
    'costs over time',
    async page => {
      await page.goto(`${page.url().replace(/#.*/, '')}#/costs?view=chart&by=model&per=day`)
      await expect(page.getByRole('group', { name: 'Cost by model, per day' })).toBeVisible()
      await page.getByRole('group', { name: 'Cost by model, per day' }).focus()
      await page.keyboard.press('End')
      await expect(page.getByRole('list', { name: 'About this chart' })).toContainText('not drawn')
    },
  ],
  [
    'latency over time',
    async page => {
      await page.getByRole('button', { name: 'Cost', exact: true }).click()
      await page.getByRole('menuitemradio', { name: 'Latency p95' }).click()
      await expect(page.getByRole('group', { name: 'Latency p95 by model, per day' })).toBeVisible()
    },
  ],
  [
    'spread of latency as a table',
    async page => {
      await page.getByRole('button', { name: 'Over time' }).click()
      await page.getByRole('menuitemradio', { name: 'Spread' }).click()
      await page.getByRole('button', { name: 'Show the numbers as a table' }).click()
      await expect(page.getByRole('region', { name: 'Cost per call' })).toBeVisible()
    },
  ],
  [
    'cost against a score',
    async page => {
      await page.getByRole('button', { name: 'Show the drawing' }).click()
      await page.getByRole('button', { name: 'Spread' }).click()
      await page.getByRole('menuitemradio', { name: 'Against a score' }).click()
      await expect(page.getByRole('group', { name: 'Cost of the trace against helpfulness' })).toBeVisible()
    },
  ],
  [
    'latency',
    async page => {
      await page.getByRole('button', { name: 'Latency', exact: true }).click()
      await expect(page.getByRole('region', { name: 'Operations' }).getByRole('row').nth(1)).toBeVisible()
      await expect(page.getByRole('region', { name: 'Failures' }).getByRole('row').nth(1)).toBeVisible()
      await page.getByRole('region', { name: 'Slowest calls' }).getByRole('row').nth(1).scrollIntoViewIfNeeded()
    },
  ],
  [
    'columns of the cost table',
    async page => {
      await page.goto(`${page.url().replace(/#.*/, '')}#/costs?by=model`)
      await page.getByRole('button', { name: 'Bars' }).click()
      await page.getByRole('menuitemradio', { name: 'Heat' }).click()
      await page.getByRole('button', { name: 'Columns' }).click()
      await expect(page.getByRole('dialog', { name: 'Columns' })).toBeVisible()
    },
  ],
  [
    'what the cost table can be split by',
    async page => {
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'then by' }).click()
      await expect(page.getByRole('menuitem', { name: 'Environment' })).toBeVisible()
    },
  ],
  [
    'a price is added',
    async page => {
      await page.keyboard.press('Escape')
      await page.getByRole('treegrid', { name: 'Costs' }).focus()
      await page.keyboard.press('a')
      const dialog = page.getByRole('dialog', { name: 'Add a price' })
      await dialog.getByLabel('Input', { exact: true }).fill('2.50')
      await dialog.getByRole('button', { name: 'Price of a longer context' }).click()
      await dialog.getByLabel('Longer context 1 begins past, in tokens of input').fill('200000')
      await dialog.getByLabel('Input past 200000').fill('5')
      await dialog.getByLabel('Output', { exact: true }).fill('10')
      await dialog.getByRole('button', { name: 'Show what it changes' }).click()
      await expect(dialog.getByRole('button', { name: 'Save and use it' })).toBeVisible()
    },
  ],
  [
    'own prices',
    async page => {
      await page.getByRole('dialog').getByRole('button', { name: 'Save for later' }).click()
      await page.keyboard.press('Control+,')
      await page.getByLabel('Find a setting').fill('prices')
      await expect(page.getByRole('list', { name: 'Own prices' })).toBeVisible()
    },
  ],
]
