import { spawn } from 'node:child_process'
import path from 'node:path'
import { root } from './places.ts'

/** What the window is to open. */
export interface Errand {
  /** Undefined: whichever is open, or else the usual one. */
  readonly storePath: string | undefined
  readonly files: readonly string[]
  readonly withSample: boolean
  readonly link?: string | undefined
}

/** An Electron that cannot start has ended after so many milliseconds. */
const startUp = 10_000

/**
 * Runs Electron until its window is closed. The answer is undefined then, or else a sentence: why it could not start.
 * On Linux that is common: its libraries are not installed, or the system lets nobody make a sandbox.
 */
export async function runElectron(binary: string, errand: Errand): Promise<string | undefined> {
  // Of an editor's terminal: with it the binary is a plain Node.
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  const started = performance.now()
  const child = spawn(binary, electronWords(errand), { stdio: 'inherit', env })
  // Ctrl-C reaches Electron by itself, and it closes the store before it goes; what is sent to us alone is passed on.
  const wait = (): void => {}
  const passOn = (): void => void child.kill('SIGTERM')
  process.on('SIGINT', wait).on('SIGTERM', passOn)
  let failure: string | undefined
  try {
    failure = await new Promise<string | undefined>(resolve => {
      child.once('error', error => resolve(`Electron could not be started (${error.message}).`))
      child.once('exit', (code, signal) => {
        const isEarly = performance.now() - started < startUp
        resolve(code === 0 || !isEarly ? undefined : explainEnd(binary, code, signal))
      })
    })
  } finally {
    process.off('SIGINT', wait).off('SIGTERM', passOn)
  }
  return failure
}

/** Chromium has no sandbox for root on Linux; everywhere else it stays. */
export function electronWords(
  { storePath, files, withSample, link }: Errand,
  isRoot: boolean = process.platform === 'linux' && process.getuid?.() === 0,
): string[] {
  const sandbox = isRoot ? ['--no-sandbox'] : []
  const store = storePath === undefined ? [] : [`--store=${storePath}`]
  const sample = withSample ? ['--sample'] : []
  return [...sandbox, root, ...store, ...sample, ...files, ...(link === undefined ? [] : [link])]
}

/** Why Electron ended as soon as it was started, and what to do about it; what it said itself stands above. */
export function explainEnd(
  binary: string,
  code: number | null,
  signal: NodeJS.Signals | null,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  // Asked to end: by Ctrl-C, or by whoever started us.
  if (signal === 'SIGINT' || signal === 'SIGTERM') return undefined
  if (platform === 'linux' && code === 127) return 'Electron lacks a library of the system, named above.'
  if (platform === 'linux' && (signal === 'SIGTRAP' || signal === 'SIGABRT')) {
    const helper = path.join(path.dirname(binary), 'chrome-sandbox')
    return `Electron could not start. If it speaks of its sandbox above: sudo chown root ${helper} && sudo chmod 4755 ${helper}`
  }
  return `Electron could not start (${signal ?? `exit code ${code}`}).`
}
