// The built browser host on a store of its own, in a real Chromium that fails the test when the page misbehaves.

import { test as base, expect, type Page } from '@playwright/test'
import { copyFileSync, readdirSync } from 'node:fs'
import { startHost } from '../helpers/browser-host.ts'
import { temporaryFolder, type TemporaryFolder } from '../helpers/temporary-folder.ts'
import { openSample, traceList } from './flow.ts'

export { expect }

const storeName = 'store.spanwise'

export interface App {
  readonly page: Page
  readonly folder: TemporaryFolder
  /** Where the host listens: `127.0.0.1:40123`. */
  readonly authority: string
  /** Errors that this test provokes on purpose: matching console messages and page errors do not fail it. */
  allow(expected: RegExp): void
  /** SIGKILLs the host's process of that name: `import.js`. */
  kill(process: string): void
  /** Stops the host, gives the store file to `work`, and opens the page on it again. */
  whileClosed(work: (store: string) => void): Promise<void>
}

interface Given {
  /** What the store holds when the page opens on it: `test.use({ holds: 'sample' })` spares each test its import. */
  readonly holds: 'nothing' | 'sample'
}

/** `app` is open on a store of its own. */
export const test = base.extend<{ app: App } & Given, { sampled: TemporaryFolder }>({
  holds: ['nothing', { option: true }],
  // Imported once a worker, as a person does it.
  sampled: [
    async ({ browser }, use) => {
      using folder = temporaryFolder()
      const host = await startHost(['serve', '--store', folder.file(storeName), '--port', '0'], folder.path)
      const page = await browser.newPage()
      try {
        await openPage(page, host.address)
        await openSample(page)
      } finally {
        await page.close()
        await host.stop()
      }
      await use(folder)
    },
    { scope: 'worker' },
  ],
  app: async ({ page, holds, sampled }, run) => {
    using folder = temporaryFolder()
    const store = folder.file(storeName)
    if (holds === 'sample') copyStore(sampled, folder)
    const start = (port: string) => startHost(['serve', '--store', store, '--port', port], folder.path)
    let host = await start('0')
    const allowed: RegExp[] = []
    const faults = watch(page, host.authority)
    const late = Number(process.env['SPANWISE_LATE'] ?? 0)
    if (late > 0) await beLate(page, late)
    try {
      await openPage(page, host.address)
      if (holds === 'sample') await expect(traceList(page)).toBeVisible()
      await run({
        page,
        folder,
        authority: host.authority,
        allow: expected => void allowed.push(expected),
        kill: name => host.kill(name),
        async whileClosed(work) {
          await page.goto('about:blank')
          await host.stop()
          work(store)
          host = await start(new URL(`http://${host.authority}`).port)
          await openPage(page, host.address)
        },
      })
      const unexpected = faults.filter(fault => !allowed.some(expected => expected.test(fault)))
      expect(unexpected, 'what the page did wrong').toEqual([])
    } finally {
      await host.stop()
    }
  },
})

/** The store and what lies beside it; `-shm` is of the processes that had it open. */
function copyStore(from: TemporaryFolder, to: TemporaryFolder): void {
  for (const name of readdirSync(from.path)) {
    if (name.startsWith(storeName) && !name.endsWith('-shm')) copyFileSync(from.file(name), to.file(name))
  }
}

/** The page is there once it has read its settings: keys that are pressed before go nowhere. */
async function openPage(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await expect(page.locator('main')).toBeAttached()
}

/** Page errors, console errors, policy violations and requests to anybody but the host, as they come. */
export function watch(page: Page, authority: string): string[] {
  const faults: string[] = []
  page.on('pageerror', error => faults.push(`page error: ${error.message}`))
  page.on('console', message => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`)
  })
  page.on('request', request => {
    const url = new URL(request.url())
    const inside = ['data:', 'blob:'].includes(url.protocol) || url.host === authority
    if (!inside) faults.push(`request to ${url.href}`)
  })
  void page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', event => {
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`)
    })
  })
  return faults
}

/**
 * What React does after a paint it does so many milliseconds later, and so do answers: the page of a very busy machine.
 * What a person sees before it works is then seen by a test.
 */
async function beLate(page: Page, late: number): Promise<void> {
  await page.addInitScript(late => {
    globalThis.MessageChannel = class extends MessageChannel {
      constructor() {
        super()
        const post = this.port2.postMessage.bind(this.port2)
        this.port2.postMessage = (message: unknown) => void setTimeout(post, late, message)
      }
    }
  }, late)
}
