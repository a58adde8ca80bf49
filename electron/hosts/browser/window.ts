import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { findBrowser } from '../find-browser.mjs'

/**
 * A Chromium that knows nothing of its user and calls nobody: a profile of its own, and none of the services that a
 * browser keeps up in the background.
 */
export function windowArguments(address: string, profile: string, isRoot: boolean): string[] {
  return [
    `--app=${address}`,
    `--user-data-dir=${profile}`,
    '--window-size=1440,900',
    '--no-first-run',
    '--no-default-browser-check',
    '--no-pings',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-default-apps',
    '--disable-domain-reliability',
    '--disable-extensions',
    '--disable-quic',
    '--disable-sync',
    '--disable-features=Translate,OptimizationHints,MediaRouter,AutofillServerCommunication',
    '--metrics-recording-only',
    // Chromium refuses to start as root with its sandbox; elsewhere the sandbox stays.
    ...(isRoot ? ['--no-sandbox'] : []),
  ]
}

export function hasDisplay(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): boolean {
  return platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'])
}

/** Opens the address in a window without tabs or address bar; undefined where there is no Chromium or no display. */
export function openWindow(address: string): ChildProcess | undefined {
  const browser = process.env['BROWSER'] === 'none' || !hasDisplay() ? undefined : findBrowser()
  if (browser === undefined) return undefined
  const profile = mkdtempSync(path.join(tmpdir(), 'spanwise-window-'))
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0
  const window = spawn(browser, windowArguments(address, profile, isRoot), { stdio: 'ignore' })
  window.once('error', () => {})
  window.once('close', () => rmSync(profile, { recursive: true, force: true, maxRetries: 3 }))
  return window
}
