// The built browser host on a store of its own, in a real Chromium that fails the test when the page misbehaves.

import { spawn, type ChildProcess } from 'node:child_process'
import { test as base, expect, type Page } from '@playwright/test'
import { productCommand } from '../helpers/product.ts'
import { temporaryFolder, type TemporaryFolder } from '../helpers/temporary-folder.ts'
import { family, processName } from '../helpers/watch-processes.ts'

export { expect }

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

/** `app` is open on a new, empty store; `files` are opened with it. */
export const test = base.extend<{ app: App }>({
  app: async ({ page }, run) => {
    using folder = temporaryFolder()
    const store = folder.file('store.spanwise')
    const start = (port: string) => startHost(['serve', '--store', store, '--port', port], folder.path)
    let host = await start('0')
    const allowed: RegExp[] = []
    const faults = watch(page, host.authority)
    try {
      await page.goto(host.address)
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
          await page.goto(host.address)
        },
      })
      const unexpected = faults.filter(fault => !allowed.some(expected => expected.test(fault)))
      expect(unexpected, 'what the page did wrong').toEqual([])
    } finally {
      await host.stop()
    }
  },
})

interface Host {
  readonly address: string
  readonly authority: string
  kill(name: string): void
  stop(): Promise<void>
}

async function startHost(args: readonly string[], dataFolder: string): Promise<Host> {
  // Settings and the list of stores are this test's own.
  const home = { XDG_DATA_HOME: dataFolder, APPDATA: dataFolder }
  const [command, all] = productCommand(args)
  const child = spawn(command, all, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, BROWSER: 'none', ...home },
  })
  const address = await printedAddress(child)
  return {
    address,
    authority: new URL(address).host,
    kill(name) {
      const victims = family(child.pid).filter(pid => processName(pid) === name)
      if (victims.length === 0) throw new Error(`The host runs no ${name}.`)
      for (const pid of victims) process.kill(pid, 'SIGKILL')
    },
    async stop() {
      if (child.exitCode !== null) return
      const ended = new Promise(resolve => child.once('exit', resolve))
      child.kill('SIGTERM')
      const stubborn = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await ended
      clearTimeout(stubborn)
    },
  }
}

/** The host prints where it listens, once it does. */
function printedAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const heard = (chunk: Buffer) => {
      said += chunk.toString('utf8')
      const address = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(said)?.[0]
      if (address !== undefined) resolve(address)
    }
    child.stdout?.on('data', heard)
    child.stderr?.on('data', heard)
    child.once('exit', code => reject(new Error(`The host ended with ${code} before it listened.\n${said}`)))
  })
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
