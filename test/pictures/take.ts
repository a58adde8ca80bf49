// The pictures of the README, from the sample: npm run build && npm run pictures.

import { spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import path from 'node:path'
import { chromium } from '@playwright/test'
import { findBrowser } from '../../electron/hosts/find-browser.mjs'
import { checkout, productCommand } from '../helpers/product.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

/** Bytes that a picture may have. */
const most = 300_000

using folder = temporaryFolder()
const [command, words] = productCommand(['serve', '--store', folder.file('sample.spanwise')])
const host = spawn(command, words, {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: { ...process.env, BROWSER: 'none', XDG_DATA_HOME: folder.path, APPDATA: folder.path },
})
const executablePath = findBrowser()
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: ['--no-sandbox', '--disable-gpu'],
})
try {
  const page = await browser.newPage({ viewport: { width: 1360, height: 820 }, reducedMotion: 'reduce' })
  await page.goto(await addressOf())
  await page.getByRole('button', { name: 'Open the sample traces' }).click()
  await page.getByRole('region', { name: 'Import', exact: true }).getByRole('button', { name: 'Open traces' }).waitFor()
  await page.keyboard.press('Escape')
  // An agent, what its tool answered, and why that failed.
  await page.evaluate(() => (location.hash = '/spans?q=kind:tool%20is:error%20name:*refund*'))
  const list = page.getByRole('grid', { name: 'Spans' })
  await list.waitFor()
  await list.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('treegrid').waitFor()
  await page.getByRole('region', { name: 'Span details' }).getByText('amount exceeds limit').first().waitFor()
  // What led here was a query: the picture is of the trace.
  await page.evaluate(() => (location.hash = location.hash.replace(/\?.*?(span=\d+).*/, '?$1')))
  await page.mouse.move(0, 0)
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme })
    await page.waitForTimeout(500)
    const file = path.join(checkout, `resources/screenshot-${theme}.png`)
    await page.screenshot({ path: file })
    const { size } = statSync(file)
    console.log(`${file}: ${size} bytes`)
    if (size > most) throw new Error(`A picture of the README has ${most} bytes at most.`)
  }
} finally {
  await browser.close()
  host.kill('SIGTERM')
  await new Promise(resolve => host.once('exit', resolve))
}

/** The host prints where it listens, once it does. */
async function addressOf(): Promise<string> {
  let said = ''
  for await (const chunk of host.stdout) {
    said += String(chunk)
    const address = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(said)?.[0]
    if (address !== undefined) return address
  }
  throw new Error('The host ended before it listened.')
}
