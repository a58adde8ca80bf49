import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import axe from 'axe-core'
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
  const session = await page.context().newCDPSession(page)
  for (const [i, [screen, go]] of screens.entries()) {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await test.step(screen, () => go(page))
    let judged: string | undefined
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      // What is old is dimmed until what was asked for is there.
      await expect(page.locator('[aria-busy=true], [data-old]')).toHaveCount(0)
      await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))
      const picture = await session.send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true })
      writeFileSync(
        path.join(shots, `${i}-${screen.replaceAll(/\W+/g, '-')}-${theme}${ending}.png`),
        picture.data,
        'base64',
      )
      const markup = await page.evaluate(() => document.documentElement.outerHTML)
      const rules = markup === judged ? colours : options
      found.push(...(await problems(page, rules)).map(problem => `${screen}, ${theme}: ${problem}`))
      judged = markup
    }
  }
  expect(found).toEqual([])
}

/** What axe holds against the page, one line an element. */
export async function problems(page: Page, rules = options): Promise<readonly string[]> {
  // In the page itself, once a document: its half megabyte takes longer to load than most screens to look at.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source)
  const { violations } = await page.evaluate(
    ({ context, options }) => (globalThis as unknown as { axe: typeof axe }).axe.run(context, options),
    { context, options: rules },
  )
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(node => `${id} ${node.html.slice(0, 200)} ${node.failureSummary?.split('\n')[1] ?? ''}`),
  )
}

// Monaco's own markup is not ours to judge.
const context = { exclude: ['.monaco-editor'] }
const options: axe.RunOptions = {
  // Sizes of targets are asked by no version of the rules before 2.2, and so not by itself.
  rules: { 'target-size': { enabled: true } },
  // Passes are only counted, not told one by one: that is two thirds of the time.
  resultTypes: ['violations'],
}

/** What a theme may break where the elements are the same: half of the time. */
const colours: axe.RunOptions = { ...options, runOnly: ['color-contrast', 'link-in-text-block'] }
