// Every screen in both themes: axe finds nothing, and a screenshot lands in shots/ to be looked at.

import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './app.ts'
import { openSample } from './flow.ts'
import { looks, shots } from './looks.ts'
import { costScreens } from './screens/costs.ts'
import { frameScreens } from './screens/frame.ts'
import { listScreens } from './screens/lists.ts'
import { promptScreens } from './screens/prompts.ts'
import { readingScreens } from './screens/reading.ts'
import { replayScreens } from './screens/replay.ts'
import { screens } from './screens/screens.ts'
import { treeScreens } from './screens/tree.ts'

const all = {
  screen: screens,
  'state of the tree': treeScreens,
  'section of a call': readingScreens,
  'state of the lists': listScreens,
  'state of the cost table': costScreens,
  'section of a prompt': promptScreens,
  'step of a replay': replayScreens,
  'part of the frame': frameScreens,
}

/** In every run the usual height of rows; the others, and a window of half the size, in a full one. */
const densities = process.env['SPANWISE_FULL']
  ? (['default', 'compact', 'comfortable', 'small'] as const)
  : (['default'] as const)

// Half of the time of all browser tests: no longer one after another.
test.describe.configure({ mode: 'parallel' })

for (const density of densities) {
  for (const [what, some] of Object.entries(all)) {
    test.describe(() => {
      // The first screens are those of a store without traces.
      test.use({ holds: some === screens ? 'nothing' : 'sample' })
      test(`every ${what}, light and dark${density === 'default' ? '' : `, ${density}`}`, async ({ app }) => {
        if (density === 'small') await app.page.setViewportSize({ width: 640, height: 480 })
        else if (density !== 'default') await chooseDensity(app.page, density)
        await looks(app.page, density === 'default' ? '' : `-${density}`, some)
      })
    })
  }
}

async function chooseDensity(page: Page, density: 'compact' | 'comfortable'): Promise<void> {
  await page.keyboard.press('ControlOrMeta+Shift+P')
  await page.keyboard.type(`rows ${density}`)
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).toHaveAttribute('data-density', density)
}

test('in forced colours the query is the system’s text, with its underlines', async ({ app }) => {
  const { page } = app
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' })
  await openSample(page)
  await page.keyboard.press('/')
  await page.keyboard.type('kind:tool modle:x')
  const box = page.getByRole('combobox', { name: 'Query', exact: true })
  const colour = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate(one => getComputedStyle(one).color)
  expect(await box.evaluate(one => getComputedStyle(one).color)).not.toBe('rgba(0, 0, 0, 0)')
  expect(await colour('[role=search] [data-mark]')).toBe('rgba(0, 0, 0, 0)')
  await page.screenshot({ path: path.join(shots, 'query-forced-colours.png') })
})
