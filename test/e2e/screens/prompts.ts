import { expect } from '../app.ts'
import { openSample } from '../flow.ts'
import type { Screens } from '../looks.ts'

/** Prompts in their sections, and two calls beside each other. */
export const promptScreens: Screens = [
  [
    'prompts',
    async page => {
      await openSample(page)
      await page.getByRole('link', { name: 'Prompts' }).click()
      await expect(
        page.getByRole('treegrid', { name: 'Prompts' }).getByRole('row', { name: /^order-support/ }),
      ).toBeVisible()
    },
  ],
  [
    'difference of two versions',
    async page => {
      await page.getByRole('treegrid', { name: 'Prompts' }).focus()
      await page.keyboard.press('Enter')
      await expect(page.getByText('1 change', { exact: true })).toBeVisible()
    },
  ],
  [
    'comparison of two versions',
    async page => {
      await page.getByRole('tab', { name: 'Comparison' }).click()
      await expect(page.getByRole('table', { name: 'Measures of A and B' })).toBeVisible()
    },
  ],
  [
    'time line of a prompt',
    async page => {
      await page.getByRole('tab', { name: 'Time line' }).click()
      await expect(page.getByRole('group', { name: 'Calls per day' })).toBeVisible()
    },
  ],
  [
    'two calls compared',
    async page => {
      await page.getByRole('tab', { name: 'Calls' }).click()
      await page.getByRole('link', { name: '78 calls' }).click()
      await page.getByRole('grid', { name: 'Calls' }).focus()
      for (const key of ['c', 'j', 'c']) await page.keyboard.press(key)
      await expect(page.getByRole('table', { name: 'Figures of A and B' })).toBeVisible()
      await expect(page.getByText(/^\d+ changes?$/).first()).toBeVisible()
    },
  ],
]
