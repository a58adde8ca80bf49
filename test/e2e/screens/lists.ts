import { expect } from '../app.ts'
import { offerText, openSample, traceList } from '../flow.ts'
import type { Screens } from '../looks.ts'

/** The same for the lists, from the sample's traces on. */
export const listScreens: Screens = [
  ['lists', openSample],
  [
    'facets',
    async page => {
      await page.getByRole('button', { name: 'Facets' }).click()
      await expect(page.getByRole('region', { name: 'Kind' }).getByRole('button', { name: /^agent/ })).toBeVisible()
      // A low window opens none by itself.
      const histogram = page.getByRole('button', { name: 'Histogram' })
      if ((await histogram.getAttribute('aria-pressed')) === 'false') await histogram.click()
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
