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
]
