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
      await expect(page.getByRole('treegrid', { name: 'Costs' }).getByRole('row').nth(1)).toBeVisible()
    },
  ],
  [
    'costs by what',
    async page => {
      await page.getByRole('button', { name: 'then by' }).click()
      await expect(page.getByRole('menuitem', { name: 'Service' })).toBeVisible()
    },
  ],
  [
    'costs compared and unfolded',
    async page => {
      await page.getByRole('menuitem', { name: 'Service' }).click()
      await page.getByRole('button', { name: 'Compare' }).click()
      await page.getByRole('button', { name: 'The period before' }).click()
      await page.getByRole('treegrid', { name: 'Costs' }).focus()
      for (const key of ['Home', 'ArrowRight']) await page.keyboard.press(key)
      await expect(page.getByRole('treegrid', { name: 'Costs' }).getByRole('row', { level: 2 }).first()).toBeVisible()
    },
  ],
]
