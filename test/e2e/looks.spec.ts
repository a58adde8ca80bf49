// Every screen in both themes: axe finds nothing, and a screenshot lands in shots/ to be looked at.

import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { fixture } from '../helpers/fixtures.ts'
import { checkout } from '../helpers/product.ts'
import { expect, test } from './app.ts'
import { chooseFile, importPanel, importSheet, offerFile, offerText, openSample, spanTree, traceList } from './flow.ts'

const shots = path.join(checkout, 'shots')

/** Each screen, and how one gets there from the one before. */
const screens: readonly (readonly [name: string, go: (page: Page) => Promise<void>])[] = [
  ['welcome', async page => expect(page.getByRole('button', { name: 'Open the sample traces' })).toBeVisible()],
  ['traces', openSample],
  [
    'query completions',
    async page => {
      await page.keyboard.press('/')
      await page.keyboard.type('kind:generation modle:x "rate limit" cost:>0.05 m')
      await expect(page.getByRole('listbox', { name: 'Completions' })).toBeVisible()
      await page.keyboard.press('ArrowDown')
    },
  ],
  [
    'query mistake',
    async page => {
      await page.keyboard.type(' (kind:tol OR tool:[a,b')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('search').getByText('At character')).toBeVisible()
    },
  ],
  [
    'query without result',
    async page => {
      await page.keyboard.press('ControlOrMeta+a')
      await page.keyboard.type('kind:tool is:error name:nobody started:2026-11-05..2026-11-18')
      await page.keyboard.press('Enter')
      await expect(page.getByText('No traces match 4 conditions')).toBeVisible()
      await expect(page.getByText('The other 3 change nothing.')).toBeVisible()
    },
  ],
  [
    'query time',
    async page => {
      await page.getByRole('button', { name: /^Time:/ }).click()
      await expect(page.getByRole('dialog', { name: 'Time range' })).toBeVisible()
    },
  ],
  [
    'query help',
    async page => {
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Help on the query language' }).click()
      await expect(page.getByRole('dialog', { name: 'The query language' })).toBeVisible()
    },
  ],
  [
    'value menu',
    async page => {
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Clear the query' }).first().click()
      await expect(traceList(page)).toBeVisible()
      await page.getByRole('rowheader').first().click({ button: 'right' })
      await expect(page.getByRole('menu')).toBeVisible()
    },
  ],
  [
    'query hits',
    async page => {
      await page.keyboard.press('Escape')
      await page.keyboard.press('/')
      await page.keyboard.type('"amount exceeds limit"')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('search').getByRole('heading')).toHaveText(/^6 of/)
      await page.keyboard.press('Escape')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('group', { name: 'Hits' })).toBeVisible()
      await page.getByRole('button', { name: 'Next hit' }).click()
    },
  ],
  [
    'receipt',
    async page => {
      await chooseFile(page, fixture('malformed/broken-line.jsonl'))
      await expect(importPanel(page).getByRole('button', { name: 'Open traces' })).toBeVisible()
    },
  ],
  [
    'sheet',
    async page => {
      await page.keyboard.press('Escape')
      await offerFile(page, fixture('flat/support-ticket.jsonl'))
      await expect(importSheet(page).getByRole('region', { name: 'Preview' })).toBeVisible()
    },
  ],
  [
    'trace',
    async page => {
      await page.keyboard.press('Escape')
      await page.evaluate(() => (location.hash = '#/trace/81d8ded0a8985c2b96ee01ec8eb56f01'))
      await expect(spanTree(page)).toBeVisible()
      await spanTree(page).focus()
      await page.keyboard.press('e')
    },
  ],
  [
    'raw record',
    async page => {
      await page.keyboard.press('i')
      await expect(page.locator('.monaco-editor').first()).toBeVisible()
    },
  ],
  [
    'imports',
    async page => {
      await page.getByRole('link', { name: 'Imports' }).first().click()
      await expect(page.getByRole('main').getByText('broken-line.jsonl').first()).toBeVisible()
    },
  ],
  [
    'audit',
    async page => {
      await page.keyboard.press('ControlOrMeta+8')
      await expect(page.getByRole('main').getByRole('region', { name: 'Whole traces' })).toBeVisible()
    },
  ],
  [
    'export',
    async page => {
      await page.keyboard.press('ControlOrMeta+Shift+e')
      await expect(page.getByRole('dialog', { name: 'Export' })).toBeVisible()
    },
  ],
  [
    'palette',
    async page => {
      await page.keyboard.press('Escape')
      await page.keyboard.press('ControlOrMeta+k')
      await expect(page.getByRole('dialog')).toBeVisible()
    },
  ],
  [
    'shortcuts',
    async page => {
      await page.keyboard.press('Escape')
      await page.keyboard.press('?')
      await expect(page.getByRole('dialog')).toBeVisible()
    },
  ],
  [
    'nowhere',
    async page => {
      await page.keyboard.press('Escape')
      await page.evaluate(() => (location.hash = '#/nowhere'))
      await expect(page.getByText('There is nothing at this address')).toBeVisible()
    },
  ],
]

/** The same for the lists, from the sample's traces on. */
const listScreens: typeof screens = [
  ['lists', openSample],
  [
    'facets',
    async page => {
      await page.getByRole('button', { name: 'Facets' }).click()
      await expect(page.getByRole('region', { name: 'Kind' }).getByRole('button', { name: /^agent/ })).toBeVisible()
      await page.getByRole('group', { name: 'Traces over time' }).focus()
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('Shift+ArrowRight')
    },
  ],
  [
    'counts over time',
    async page => {
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Show as a table' }).click()
      await expect(page.getByRole('region', { name: 'Counts over time' })).toBeVisible()
    },
  ],
  [
    'columns',
    async page => {
      await page.getByRole('button', { name: 'Show as bars' }).click()
      await page.getByRole('button', { name: 'Facets' }).first().click()
      await page.getByRole('button', { name: 'Columns' }).click()
      await expect(page.getByRole('searchbox', { name: 'Find a column' })).toBeVisible()
    },
  ],
  [
    'selection',
    async page => {
      await page.keyboard.press('Escape')
      await traceList(page).focus()
      for (const key of ['Home', 's', 'x', 'j', 'x', 'Shift+ArrowDown', 'ArrowRight', 'ArrowRight']) {
        await page.keyboard.press(key)
      }
      await expect(page.getByRole('toolbar', { name: 'With what is selected' })).toContainText('3 traces')
      await expect(page.getByText('1 trace starred')).toBeVisible()
    },
  ],
  [
    'tag',
    async page => {
      await page.keyboard.press('t')
      await page.getByRole('textbox', { name: 'Tag' }).fill('needs review')
    },
  ],
  [
    'tagged, a saved view',
    async page => {
      await page.keyboard.press('Enter')
      await expect(page.getByText('3 traces got the tag “needs review”')).toBeVisible()
      await page.keyboard.press('ControlOrMeta+s')
      await page.getByRole('textbox', { name: 'Name' }).fill('To be reviewed')
    },
  ],
  [
    'export of a selection',
    async page => {
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Export…' }).click()
      await expect(page.getByRole('dialog', { name: 'Export' })).toBeVisible()
    },
  ],
  [
    'calls',
    async page => {
      await page.keyboard.press('Escape')
      await page.getByRole('link', { name: 'Calls' }).click()
      await expect(page.getByRole('grid', { name: 'Calls' })).toBeVisible()
    },
  ],
  [
    'spans by kind',
    async page => {
      await page.getByRole('link', { name: 'Spans', exact: true }).click()
      await page.getByRole('button', { name: 'Group by' }).click()
      await page.getByRole('menuitemradio', { name: 'Kind' }).click()
      await expect(page.getByRole('grid', { name: 'Spans by kind' })).toBeVisible()
      await expect(page.getByRole('menu')).toBeHidden()
    },
  ],
  [
    'sessions',
    async page => {
      await page.keyboard.press('ControlOrMeta+2')
      await expect(page.getByRole('grid', { name: 'Sessions' })).toBeVisible()
    },
  ],
  [
    'scores',
    async page => {
      await offerText(
        page,
        'feedback.csv',
        'trace_id,name,value\n81d8ded0a8985c2b96ee01ec8eb56f01,thumbs,up\nffff,thumbs,up\n',
      )
      await expect(page.getByRole('region', { name: 'Scores' })).toContainText('1 row found nothing')
    },
  ],
]

/** Settings, what persons put on things, and where nothing is, from the sample's traces on. */
const frameScreens: typeof screens = [
  ['sample', openSample],
  [
    'note',
    async page => {
      await traceList(page).focus()
      await page.keyboard.press('Enter')
      await expect(spanTree(page)).toBeFocused()
      await page.keyboard.press('b')
      await page.keyboard.press('Shift+B')
      await page.getByRole('textbox', { name: 'Note on this span' }).fill('The tool refuses amounts over its limit')
    },
  ],
  [
    'noted, details below',
    async page => {
      await page.keyboard.press('ControlOrMeta+Enter')
      await page.keyboard.press('ControlOrMeta+\\')
      await expect(page.getByRole('separator', { name: 'Height of the details' })).toBeVisible()
    },
  ],
  [
    'set by link',
    async page => {
      const link = page.url().split('#/')[1]!
      await page.keyboard.press('ControlOrMeta+\\')
      await page.evaluate(to => (location.hash = `spanwise://${to}&detailPlace=bottom`), link)
      await expect(page.getByText('set by link')).toBeVisible()
    },
  ],
  [
    'palette, before anything is typed',
    async page => {
      await page.keyboard.press('ControlOrMeta+k')
      await expect(page.getByRole('option').first()).toBeVisible()
    },
  ],
  [
    'palette, help',
    async page => {
      await page.keyboard.type('?')
      await expect(page.getByRole('option', { name: /Commands only/ })).toBeVisible()
    },
  ],
  [
    'a trace that is not here',
    async page => {
      await page.keyboard.press('Escape')
      await page.evaluate(() => (location.hash = '/trace/00ff'))
      await expect(page.getByText('This trace is not in the store')).toBeVisible()
    },
  ],
  [
    'settings',
    async page => {
      await page.keyboard.press('ControlOrMeta+,')
      await expect(page.getByRole('heading', { name: 'Where the data is' })).toBeVisible()
      await expect(page.getByText(/\.index$/)).toBeVisible()
    },
  ],
]

const section = (name: RegExp): ((page: Page) => Promise<void>) => {
  return async page => {
    const details = page.getByRole('region', { name: 'Span details' })
    await details.getByRole('tab', { name }).click()
    await expect(details.getByRole('tabpanel')).toBeVisible()
  }
}

/** What there is to read of a call, and of a conversation. */
const readingScreens: typeof screens = [
  [
    'a call that goes on',
    async page => {
      await openSample(page)
      await page.evaluate(() => (location.hash = '#/trace/81d8ded0a8985c2b96ee01ec8eb56f01'))
      await expect(spanTree(page)).toBeVisible()
      await page.keyboard.press('Home')
      await expect(async () => {
        await page.keyboard.press('ArrowDown')
        await expect(page.getByRole('button', { name: /same as the previous call/ }).first()).toBeVisible({
          timeout: 500,
        })
      }).toPass({ timeout: 20_000 })
    },
  ],
  ['all its messages', async page => page.getByRole('button', { name: /^All \d/ }).click()],
  [
    'as JSON',
    async page => {
      await page.getByRole('button', { name: /^New$/ }).click()
      await page.getByRole('button', { name: 'json' }).first().click()
    },
  ],
  ['model', section(/^Model/)],
  ['usage', section(/^Usage/)],
  ['facts', section(/^Facts/)],
  ['attributes', section(/^Attributes/)],
  [
    'conversation',
    async page => {
      await page.keyboard.press('ControlOrMeta+2')
      await expect(page.getByRole('grid', { name: 'Sessions' })).toBeVisible()
      await page.getByRole('grid', { name: 'Sessions' }).focus()
      await page.keyboard.press('Home')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('region', { name: 'Conversation' }).getByRole('article').first()).toBeVisible()
    },
  ],
]

const all = {
  screen: screens,
  'section of a call': readingScreens,
  'state of the lists': listScreens,
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
    test(`every ${what}, light and dark${density === 'default' ? '' : `, ${density}`}`, async ({ app }) => {
      if (density === 'small') await app.page.setViewportSize({ width: 640, height: 480 })
      else if (density !== 'default') await chooseDensity(app.page, density)
      await looks(app.page, density === 'default' ? '' : `-${density}`, some)
    })
  }
}

async function chooseDensity(page: Page, density: 'compact' | 'comfortable'): Promise<void> {
  await page.keyboard.press('ControlOrMeta+Shift+P')
  await page.keyboard.type(`rows ${density}`)
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).toHaveAttribute('data-density', density)
}

async function looks(page: Page, ending: string, all: typeof screens): Promise<void> {
  // Some forty screens, each looked at by axe.
  test.setTimeout(300_000)
  mkdirSync(shots, { recursive: true })
  const found: string[] = []
  for (const [i, [screen, go]] of all.entries()) {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await test.step(screen, () => go(page))
    // What is old is dimmed until what was asked for is there.
    await expect(page.locator('[aria-busy=true]')).toHaveCount(0)
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      await page.screenshot({ path: path.join(shots, `${i}-${screen.replaceAll(/\W+/g, '-')}-${theme}${ending}.png`) })
      found.push(...(await problems(page, theme)).map(problem => `${screen}, ${theme}: ${problem}`))
    }
  }
  expect(found).toEqual([])
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

/** What axe holds against the page, one line an element. Themes differ in nothing but their colours. */
async function problems(page: Page, theme: 'light' | 'dark'): Promise<readonly string[]> {
  // Sizes of targets are asked by no version of the rules before 2.2, and so not by itself.
  const axe = new AxeBuilder({ page })
  if (theme === 'light') axe.options({ rules: { 'target-size': { enabled: true } } })
  else axe.withRules(['color-contrast'])
  // Monaco's own markup is not ours to judge.
  const { violations } = await axe.exclude('.monaco-editor').analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(node => `${id} ${node.html.slice(0, 200)} ${node.failureSummary?.split('\n')[1] ?? ''}`),
  )
}
