import { expect, test } from './app.ts'
import { openSample, spanTree } from './flow.ts'

test.use({ holds: 'sample' })

test('a trace is found by part of its name and by the beginning of its id', async ({ app }) => {
  const { page } = app
  await openSample(page)
  const box = page.getByRole('combobox', { name: 'Command, trace name or id' })
  const found = page.getByRole('option', { name: /^Trace/ })
  await page.keyboard.press('ControlOrMeta+k')
  await box.fill('81d8ded0')
  await expect(found).toHaveCount(1)
  const title = (await found.locator('span').nth(1).textContent()) ?? ''
  await box.fill(title.slice(1, -1))
  await expect(found.first()).toContainText(title)
  await box.fill('no "such* (name')
  await expect(page.getByText('no span name has all the words “no "such* (name”')).toBeVisible()
  await box.fill('81d8ded0')
  await expect(found).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(spanTree(page)).toBeFocused()
})
