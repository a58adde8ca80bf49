import { expect, test } from './app.ts'
import { activeRow, openSample, spanTree, statusOf, traceList } from './flow.ts'

test.use({ holds: 'sample' })

const trace = 'spanwise://trace/81d8ded0a8985c2b96ee01ec8eb56f01'

test('a link copied in a trace leads to the same span in the same layout, and leaves the reader’s own alone', async ({
  app,
}) => {
  const { page } = app
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await openSample(page)
  await traceList(page).focus()
  await page.keyboard.press('Enter')
  await expect(spanTree(page)).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ControlOrMeta+\\')
  const name = await activeRow(page).getAttribute('aria-label')
  await expect(page).toHaveURL(/span=\d+/)
  await page.keyboard.press('ControlOrMeta+Shift+C')
  await expect(page.getByText(/^Link copied/)).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  expect(link).toMatch(/^spanwise:\/\/trace\/[0-9a-f]+\?v=1&.*spanId=[0-9a-f]{16}.*detailPlace=bottom/)
  expect(link).not.toMatch(/[?&]span=/)

  // A reader with another layout follows it, from the palette.
  await page.keyboard.press('ControlOrMeta+\\')
  await page.keyboard.press('ControlOrMeta+1')
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.insertText(link)
  await expect(page.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(activeRow(page)).toHaveAccessibleName(name!)
  await expect(page.getByRole('separator', { name: 'Height of the details' })).toBeVisible()
  await expect(page.getByText('Details of a span below: set by link')).toBeVisible()
  await page.getByRole('button', { name: 'Back to mine' }).click()
  await expect(page.getByRole('separator', { name: 'Width of the details' })).toBeVisible()
  // Following was going somewhere: back leads to the list.
  await page.keyboard.press('ControlOrMeta+[')
  await expect(traceList(page)).toBeVisible()

  // The same behind the # of the address.
  await page.evaluate(to => (location.hash = to), link)
  await expect(activeRow(page)).toHaveAccessibleName(name!)
  await expect(page).toHaveURL(/#\/trace\/[0-9a-f]+\?span=\d+$/)
})

test('a link of a trace that is not here says so, and where it may be', async ({ app }) => {
  const { page } = app
  await openSample(page)
  await page.evaluate(() => (location.hash = 'spanwise://trace/00ff00ff?v=1&spanId=41aa'))
  await expect(page.getByText('This trace is not in the store')).toBeVisible()
  await expect(page.getByText('00ff00ff').last()).toBeVisible()
  await page.getByRole('button', { name: 'Open another store' }).click()
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
})

test('hostile links show a place or nothing; they change nothing, run nothing, send nothing', async ({ app }) => {
  const { page } = app
  await openSample(page)
  const before = await statusOf(page)
  const attributes = await page.evaluate(() => document.documentElement.getAttributeNames())
  for (const link of [
    'spanwise://trace/../../../etc/passwd',
    'spanwise://trace/%2e%2e%2f%2e%2e%2fetc',
    'spanwise://javascript:alert(1)',
    'spanwise://traces?q=%3Cimg%20src=x%20onerror=window.pwn=1%3E',
    'spanwise://traces?q=name:/(((((((((((((((((((((a*)*)*)*)*)*/',
    'spanwise://traces?sort=__proto__&group=constructor&columns=toString',
    'spanwise://import?files=/etc/passwd',
    'spanwise://settings?theme=dark&density=compact&importAtOnce=yes',
    'spanwise://settings/theme/dark',
    'spanwise://stores/open?path=/tmp/x',
    'spanwise://__proto__?__proto__=1',
    `${trace}?spanId=%00%ff`,
    `${trace}?spanId=${'4'.repeat(5000)}&tab=__proto__&range=NaN..Infinity&layout=x`,
    `${trace}?span=-1`,
    'spanwise://%',
    `spanwise://${'a/'.repeat(15_000)}`,
    'spanwise://traces?v=99999999999999999999&q=x',
  ]) {
    await page.evaluate(to => (location.hash = to), link)
    await page.waitForTimeout(150)
    await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible()
    expect(await page.evaluate(() => 'pwn' in window)).toBe(false)
  }
  expect(await page.evaluate(() => document.documentElement.getAttributeNames())).toEqual(attributes)
  expect(await statusOf(page)).toBe(before)
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('u goes on in the list that the address names, after a page was loaded again', async ({ app }) => {
  const { page } = app
  await openSample(page)
  await page.evaluate(() => (location.hash = '/calls?q=kind:generation&sort=duration'))
  const calls = page.getByRole('grid', { name: 'Calls' })
  await calls.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await expect(spanTree(page)).toBeFocused()
  await expect(page).toHaveURL(/list=calls&sort=duration/)
  const first = /trace\/([^?]+)/.exec(page.url())![1]!
  await expect(activeRow(page)).toHaveAccessibleName(/, matches the query$/)
  const name = (await activeRow(page).getAttribute('aria-label'))!
  await page.reload()
  await expect(spanTree(page)).toBeFocused()
  await page.keyboard.press('u')
  await expect.poll(() => /trace\/([^?]+)/.exec(page.url())?.[1]).not.toBe(first)
  await expect(page).toHaveURL(/list=calls&sort=duration/)
  await expect(spanTree(page)).toBeFocused()
  await page.keyboard.press('Shift+U')
  await expect.poll(() => /trace\/([^?]+)/.exec(page.url())?.[1]).toBe(first)
  // What a trace says as it comes would be the newest thing said.
  await expect(activeRow(page)).toHaveAccessibleName(name)
  await page.keyboard.press('Shift+U')
  await expect(page.getByText('This is the first trace of the list')).toBeAttached()
})
