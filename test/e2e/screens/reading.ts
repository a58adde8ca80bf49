import type { Page } from '@playwright/test'
import { expect } from '../app.ts'
import { openSample, openTrace, sample } from '../flow.ts'
import type { Screens } from '../looks.ts'

const section = (name: RegExp): ((page: Page) => Promise<void>) => {
  return async page => {
    const details = page.getByRole('region', { name: 'Span details' })
    await details.getByRole('tab', { name }).click()
    await expect(details.getByRole('tabpanel')).toBeVisible()
  }
}

/** What there is to read of a call, and of a conversation. */
export const readingScreens: Screens = [
  [
    'a call that goes on',
    async page => {
      await openSample(page)
      await openTrace(page, sample.refused)
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
  [
    'sources',
    async page => {
      await section(/^Sources/)(page)
      await expect(page.getByText(/found before this answer/)).toBeVisible()
    },
  ],
  ['attributes', section(/^Attributes/)],
  [
    'raw, to the byte',
    async page => {
      await section(/^Raw/)(page)
      await page.getByRole('button', { name: 'Exact', exact: true }).click()
      await expect(page.getByRole('region', { name: 'Exact record' })).toContainText('traceId')
    },
  ],
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
