import { expect } from '../app.ts'
import { openSample, spanTree, traceList } from '../flow.ts'
import type { Screens } from '../looks.ts'

/** Settings, what persons put on things, and where nothing is, from the sample's traces on. */
export const frameScreens: Screens = [
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
