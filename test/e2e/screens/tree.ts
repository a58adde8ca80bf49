import { expect } from '../app.ts'
import { openSample, openTrace, sample } from '../flow.ts'
import type { Screens } from '../looks.ts'

/** What a reader does with the tree of a trace. */
export const treeScreens: Screens = [
  [
    'attempts',
    async page => {
      await openSample(page)
      await openTrace(page, sample.retried)
    },
  ],
  ['attempts folded', async page => page.keyboard.press('Shift+R')],
  [
    'measured',
    async page => {
      for (const key of ['Shift+R', 'm', 'End']) await page.keyboard.press(key)
    },
  ],
  ['range', async page => page.keyboard.press('Enter')],
  [
    'found in the trace',
    async page => {
      await page.keyboard.press('ControlOrMeta+f')
      await page.keyboard.type('kind:generation is:error')
      for (const key of ['Enter', 'Escape', 'o', '1']) await page.keyboard.press(key)
    },
  ],
  [
    'columns of the tree',
    async page => {
      await page.getByRole('button', { name: /^Columns/ }).click()
      await expect(page.getByRole('dialog', { name: 'Columns' })).toBeVisible()
    },
  ],
]
