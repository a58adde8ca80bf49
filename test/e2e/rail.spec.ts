import { expect, test } from './app.ts'
import { openSample, spanTree, traceList } from './flow.ts'

test.use({ holds: 'sample' })

test('the list has the keys after clicks in the rail', async ({ app }) => {
  const { page } = app
  await openSample(page)
  const list = traceList(page)
  await page.getByRole('link', { name: 'Imports' }).click()
  await expect(page.getByRole('main')).toBeFocused()
  await page.getByRole('link', { name: 'Traces' }).first().click()
  await expect(list).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('j')
  await expect(list).toHaveAttribute('aria-activedescendant', /-row-2$/)
  await page.keyboard.press('Enter')
  await expect(spanTree(page)).toBeFocused()
})
