// What a person does, by role and label, whatever the host.

import { expect, type Locator, type Page } from '@playwright/test'

/** Presses Tab until the element has focus: the way there for somebody without a mouse. */
export async function tabTo(target: Locator, most = 60): Promise<void> {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < most; presses++) {
    if (await target.evaluate(element => element === document.activeElement)) return
    await target.page().keyboard.press('Tab')
  }
  throw new Error(`${most} presses of Tab did not reach ${String(target)}.`)
}

export function traceList(page: Page): Locator {
  return page.getByRole('grid', { name: 'Traces' })
}

export function spanTree(page: Page): Locator {
  return page.getByRole('treegrid')
}

/** The row the tree's focus is on. */
export function activeRow(page: Page): Locator {
  return spanTree(page).getByRole('row', { selected: true })
}

export function importPanel(page: Page): Locator {
  return page.getByRole('region', { name: 'Import', exact: true })
}

/** From the first page to the list of the sample's traces, by keyboard; there already where the store holds it. */
export async function openSample(page: Page): Promise<void> {
  if (await traceList(page).isVisible()) return
  await tabTo(page.getByRole('button', { name: 'Open the sample traces' }))
  await page.keyboard.press('Enter')
  // An import is the last to be served on a busy machine.
  await expect(importPanel(page).getByRole('button', { name: 'Open traces' })).toBeVisible({ timeout: 60_000 })
  await expect(traceList(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(importPanel(page)).toBeHidden()
}

/** Sorts the list as a keyboard does it: up into the column names, along them, Enter. */
async function sortBy(list: Locator, column: string): Promise<void> {
  const page = list.page()
  const here = async () => page.locator(`[id="${await list.getAttribute('aria-activedescendant')}"]`)
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowUp')
  for (let steps = 0; steps < 20; steps++) {
    if ((await (await here()).textContent())?.includes(column)) break
    await page.keyboard.press('ArrowRight')
  }
  await expect(await here()).toContainText(column)
  await page.keyboard.press('Enter')
  await expect(list.getByRole('columnheader', { name: column })).toHaveAttribute('aria-sort', 'descending')
  // The old order stays on screen until the new one is there.
  await expect(list).toHaveAttribute('aria-busy', 'false')
  await page.keyboard.press('ArrowDown')
}

export function importSheet(page: Page): Locator {
  return page.getByRole('dialog', { name: /^Import / })
}

/** What the line at the foot says the store holds. */
export async function statusOf(page: Page): Promise<string | null> {
  return page.getByRole('button', { name: /^[\d,]+ spans? · / }).textContent()
}

/** Imports what the import sheet shows. */
async function agree(page: Page): Promise<void> {
  await importSheet(page).getByRole('button', { name: 'Import', exact: true }).click()
}

/** Chooses a file in the page's own file dialog: the import sheet opens. */
export async function offerFile(page: Page, file: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page.keyboard.press('ControlOrMeta+o')
  await (await chooser).setFiles(file)
}

export async function chooseFile(page: Page, file: string): Promise<void> {
  await offerFile(page, file)
  await agree(page)
}

/** Drops a file on the window: the import sheet opens. */
export async function offerText(page: Page, name: string, text: string): Promise<void> {
  const data = await page.evaluateHandle(
    ([name, text]) => {
      const data = new DataTransfer()
      data.items.add(new File([text], name))
      return data
    },
    [name, text] as const,
  )
  for (const type of ['dragenter', 'dragover', 'drop']) await page.dispatchEvent('body', type, { dataTransfer: data })
}

export async function dropFile(page: Page, name: string, text: string): Promise<void> {
  await offerText(page, name, text)
  await agree(page)
}

/** First page, sample, the trace with a failing tool, its message, its raw record: no mouse. */
export async function newcomerFlow(page: Page): Promise<void> {
  const failure = /^tool, .*issue.refund, failed/
  await openSample(page)
  const list = traceList(page)
  await tabTo(list)
  await sortBy(list, 'Errors')
  // Traces with errors come first; the tool failed in one of the first few.
  for (let row = 0; row < 10; row++) {
    await page.keyboard.press(row === 0 ? 'Home' : 'ArrowDown')
    await page.keyboard.press('Enter')
    await expect(spanTree(page)).toBeFocused()
    await page.keyboard.press('e')
    await expect(activeRow(page)).toHaveAccessibleName(/, failed/)
    if (failure.test((await activeRow(page).getAttribute('aria-label')) ?? '')) break
    await page.keyboard.press('ControlOrMeta+[')
    await expect(list).toBeFocused()
  }
  await expect(activeRow(page)).toHaveAccessibleName(failure)

  const details = page.getByRole('region', { name: 'Span details' })
  await expect(details).toContainText('HTTP 422: amount exceeds limit')
  await page.keyboard.press('i')
  const raw = details.locator('.monaco-editor').first()
  await expect(raw).toBeVisible()
  await expect(raw).toContainText('issue_refund')
}

/** Traces of the sample. */
export const sample = {
  /** An agent with a sub-agent whose tool fails. */
  refused: '81d8ded0a8985c2b96ee01ec8eb56f01',
  /** Two attempts fail before the third. */
  retried: '0dbac786266c4e448729f0223832c47e',
}

/** Its tree has the keys. */
export async function openTrace(page: Page, id: string): Promise<void> {
  await page.evaluate(hash => (location.hash = hash), `#/trace/${id}`)
  await expect(spanTree(page)).toBeVisible()
  await spanTree(page).focus()
}
