// npm run bench:page: what a trace costs the page, in a real Chromium, by the browser's own trace. Needs a build.
// `--folder /tmp/bench`, `--json`, `--only traces` or `replay`, `--patience 60` (wait so long for a quiet machine). Goals stand beside the figures; `!` is past
// one. Times of tasks are those of the main thread's own clock where the browser gives it.

import { mkdirSync } from 'node:fs'
import { cpus } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { chromium, type Browser, type Page } from '@playwright/test'
import { findBrowser } from '../../../electron/hosts/find-browser.mjs'
import { startHost } from '../../helpers/browser-host.ts'
import { checkout } from '../../helpers/product.ts'
import { quietMachine } from '../quiet.ts'
import { median, quantile } from '../statistics.ts'
import { recordMainThread, type MainThread } from './main-thread.ts'
import { benchReplay, replayFigures, replayStore } from './replay.ts'
import { deepTrace, giantStore, shapeStore, wideTrace } from './shapes.ts'

interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly goal: number
}

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: path.join(checkout, 'node_modules/.cache/bench') },
    patience: { type: 'string', default: '60' },
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
})
const folder = path.resolve(values.folder)
mkdirSync(folder, { recursive: true })
const isWanted = (part: string) => values.only === undefined || values.only === part
const load = await quietMachine(Number(values.patience))
const executable = findBrowser()
const browser = await chromium.launch({
  ...(executable === undefined ? {} : { executablePath: executable }),
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--enable-precise-memory-info'],
})
const figures: Figure[] = []
try {
  if (isWanted('traces')) {
    await onStore(await giantStore(folder), async page => {
      await openFromList(page, 'trace:(spans:90k..)')
      figures.push(...(await benchGiant(browser, page)))
      figures.push(...(await benchSmall(page)))
    })
    await onStore(await shapeStore(folder), async page => {
      for (const [name, id] of [
        ['100,000 children', wideTrace],
        ['10,000 levels', deepTrace],
      ] as const) {
        await page.evaluate(hash => (location.hash = hash), `#/trace/${id}`)
        await firstRow(page)
        figures.push(...taskFigures(name, await walk(browser, page, 60)))
      }
    })
  }
  if (isWanted('replay')) {
    await onStore(await replayStore(folder), async page => {
      await page.locator('[role=grid], [role=treegrid]').first().waitFor()
      figures.push(...replayFigures(await benchReplay(browser, page)))
    })
  }
} finally {
  await browser.close()
}
report()

async function onStore(store: string, work: (page: Page) => Promise<void>): Promise<void> {
  const host = await startHost(['serve', '--store', store, '--port', '0'], folder)
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  try {
    await page.addInitScript(watchOpening)
    await page.goto(host.address)
    await work(page)
  } finally {
    await page.close()
    await host.stop()
  }
}

/** Runs in the page: the time from Enter until the first rows of a tree are on the screen. */
function watchOpening(): void {
  const watched = globalThis as unknown as { opened: number[] }
  watched.opened = []
  let pressed: number | undefined
  addEventListener('keydown', event => event.key === 'Enter' && (pressed = performance.now()), true)
  new MutationObserver(() => {
    if (pressed === undefined || !document.querySelector('[role=treegrid][aria-label=Spans] [aria-level]')) return
    const from = pressed
    pressed = undefined
    // A frame is on the screen when the task after it runs.
    requestAnimationFrame(() => setTimeout(() => watched.opened.push(performance.now() - from)))
  }).observe(document, { childList: true, subtree: true })
}

async function openFromList(page: Page, query: string): Promise<number> {
  await page.evaluate(to => (location.hash = to), `#/traces?${new URLSearchParams({ q: query }).toString()}`)
  const list = page.getByRole('main').getByRole('grid')
  await list.getByRole('row').nth(1).waitFor()
  await page.waitForTimeout(400)
  await list.focus()
  await page.keyboard.press('Home')
  await page.evaluate(() => ((globalThis as unknown as { opened: number[] }).opened = []))
  await page.keyboard.press('Enter')
  await firstRow(page)
  await page.waitForFunction(() => (globalThis as unknown as { opened: number[] }).opened.length > 0)
  return page.evaluate(() => (globalThis as unknown as { opened: number[] }).opened[0]!)
}

async function firstRow(page: Page): Promise<void> {
  await page.locator('[role=treegrid][aria-label=Spans] [aria-level]').first().waitFor({ timeout: 60_000 })
  await page.waitForTimeout(500)
}

async function benchGiant(within: Browser, page: Page): Promise<Figure[]> {
  let opened = Number.NaN
  const opening = await recordMainThread(within, page, 'keydown', async () => {
    opened = await openFromList(page, 'trace:(spans:90k..)')
  })
  await page.mouse.move(300, 500)
  const scroll = (pixels: number, times: number) =>
    recordMainThread(within, page, 'wheel', async () => {
      for (let i = 0; i < times; i++) {
        await page.mouse.wheel(0, pixels)
        await page.waitForTimeout(50)
      }
    })
  const scrolled = await scroll(240, 100)
  const jumped = await scroll(30_000, 30)
  const walked = await walk(within, page, 150)
  const rows = await page.locator('[role=treegrid][aria-label=Spans] [aria-level]').count()
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  return [
    { name: '100,000 spans: Enter to first rows', value: opened, unit: 'ms', goal: 1000 },
    ...taskFigures('100,000 spans, opening', opening).slice(1),
    { name: 'rows that exist', value: rows, unit: '', goal: 120 },
    ...taskFigures('scroll step of 240 pixels', scrolled),
    ...taskFigures('jump of a thousand rows', jumped).slice(1),
    ...taskFigures('held arrow', walked),
    { name: 'heap', value: usedSize / 1e6, unit: 'MB', goal: 300 },
  ]
}

/** Holds Down in the tree. */
async function walk(within: Browser, page: Page, keys: number): Promise<MainThread> {
  await page.getByRole('treegrid', { name: 'Spans' }).focus()
  return recordMainThread(within, page, 'keydown', async () => {
    for (let i = 0; i < keys; i++) {
      await page.keyboard.press('ArrowDown')
      await page.waitForTimeout(16)
    }
  })
}

function taskFigures(name: string, { steps, longest }: MainThread): Figure[] {
  return [
    { name: `${name}: script, style, layout, p95`, value: quantile(steps, 0.95), unit: 'ms', goal: 8 },
    { name: `${name}: longest task`, value: longest, unit: 'ms', goal: 50 },
  ]
}

async function benchSmall(page: Page): Promise<Figure[]> {
  const times: number[] = []
  for (let i = 0; i < 20; i++) times.push(await openFromList(page, 'trace:(spans:15..25)'))
  return [{ name: '20 spans: Enter to rows, median of 20', value: median(times), unit: 'ms', goal: 100 }]
}

function report(): void {
  const machine = { cores: cpus().length, node: process.version, browser: browser.version(), load }
  if (values.json) return console.log(JSON.stringify({ machine, figures }, null, 2))
  console.log(`${machine.cores} cores, Chromium ${machine.browser}, 1-minute load ${load.toFixed(2)}\n`)
  for (const { name, value, unit, goal } of figures) {
    const shown = `${value < 10 ? value.toFixed(1) : value.toFixed(0)}${unit && ` ${unit}`}${value > goal ? ' !' : ''}`
    console.log(`${name.padEnd(56)}${shown.padStart(12)}   goal ${goal}`)
  }
}
