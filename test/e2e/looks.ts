import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { checkout } from '../helpers/product.ts'
import { expect, test } from './app.ts'

/** Where pictures land. */
export const shots = path.join(checkout, 'shots')

/** Each screen, and how one gets there from the one before. */
export type Screens = readonly (readonly [name: string, go: (page: Page) => Promise<void>])[]

/** At each screen, in both themes: axe finds nothing, and a picture lands in the folder of pictures. */
export async function looks(page: Page, ending: string, screens: Screens): Promise<void> {
  // Some forty screens, each looked at by axe.
  test.setTimeout(300_000)
  mkdirSync(shots, { recursive: true })
  const found: string[] = []
  for (const [i, [screen, go]] of screens.entries()) {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await test.step(screen, () => go(page))
    // What is old is dimmed until what was asked for is there.
    await expect(page.locator('[aria-busy=true], [data-old]')).toHaveCount(0)
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))
      await page.screenshot({ path: path.join(shots, `${i}-${screen.replaceAll(/\W+/g, '-')}-${theme}${ending}.png`) })
      found.push(...(await problems(page)).map(problem => `${screen}, ${theme}: ${problem}`))
    }
  }
  expect(found).toEqual([])
}

/** What axe holds against the page, one line an element. */
export async function problems(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    // Sizes of targets are asked by no version of the rules before 2.2, and so not by itself.
    // Passes are only counted, not told one by one: that is two thirds of the time.
    .options({ rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'] })
    // Monaco's own markup is not ours to judge.
    .exclude('.monaco-editor')
    // In the page itself: the other way opens a page for each answer, and only pays where there are frames.
    .setLegacyMode()
    .analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(node => `${id} ${node.html.slice(0, 200)} ${node.failureSummary?.split('\n')[1] ?? ''}`),
  )
}
