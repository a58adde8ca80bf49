import { existsSync } from 'node:fs'
import path from 'node:path'
import type { App, BrowserWindow, Dialog } from 'electron'
import { z } from '../../shared/contract/schemas.ts'
import { cleanLink, isLink } from '../../shared/links/link.ts'
import { root } from '../hosts/places.ts'

/** What the app was started with, and what a second instance hands to the first. */
export const handed = z.strictObject({
  files: z.array(z.string().max(4096)).max(10_000),
  store: z.string().max(4096).optional(),
  sample: z.boolean(),
  /** To a place of the window (shared/links). */
  link: z.string().max(32_000).optional(),
})
export type Handed = z.output<typeof handed>

/**
 * Reads a command line: `--store=FILE`, `--sample`, a link, and whatever is a file or folder. Chromium's own switches
 * begin with a dash, and while developing the first word is the app's folder. A link comes from anywhere: whoever made
 * it may have tried to add words of its own, so nothing that follows it is read.
 */
export function readCommandLine(all: readonly string[], folder: string): Handed {
  const at = all.findIndex(isLink)
  const link = at < 0 ? undefined : cleanLink(all[at]!)
  const words = at < 0 ? all : all.slice(0, at)
  const store = words.find(word => word.startsWith('--store='))?.slice('--store='.length)
  const files = words
    .filter(word => word !== '' && !word.startsWith('-'))
    .map(word => path.resolve(folder, word))
    .filter(file => file !== root)
  return {
    files: existing(files),
    sample: words.includes('--sample'),
    ...(store ? { store: path.resolve(folder, store) } : {}),
    ...(link === undefined ? {} : { link }),
  }
}

/** What another process says it was given: only absolute paths of things that exist. */
export function readHanded(data: unknown): Handed | undefined {
  const parsed = handed.safeParse(data)
  if (!parsed.success) return undefined
  const { link: given, ...rest } = parsed.data
  const link = given === undefined ? undefined : cleanLink(given)
  const files = existing(rest.files.filter(file => path.isAbsolute(file)))
  return { ...rest, files, ...(link === undefined ? {} : { link }) }
}

function existing(files: readonly string[]): string[] {
  return files.filter(file => !file.includes('\0') && existsSync(file))
}

/** Files dropped on the app's icon (macOS); some come before anybody can take them. */
export function collectDropped(app: App): { to(taker: (files: string[]) => void): void } {
  const waiting: string[] = []
  let take: ((files: string[]) => void) | undefined
  app.on('open-file', (event, file) => {
    event.preventDefault()
    if (take) take(existing([file]))
    else waiting.push(file)
  })
  return {
    to: taker => {
      take = taker
      if (waiting.length > 0) taker(existing(waiting.splice(0)))
    },
  }
}

/** Links that the system hands over (macOS); some come before anybody can take them. */
export function collectLinks(app: App): { to(taker: (link: string) => void): void } {
  const waiting: string[] = []
  let take = (link: string): void => void waiting.push(link)
  app.on('open-url', (event, url) => {
    event.preventDefault()
    const link = cleanLink(url)
    if (link !== undefined) take(link)
  })
  return {
    to: taker => {
      take = taker
      for (const link of waiting.splice(0)) taker(link)
    },
  }
}

/** The system's dialog; null when the person cancels. */
export async function chooseFiles(dialog: Dialog, window: BrowserWindow | undefined): Promise<string[] | null> {
  // Content decides the format, so no file is greyed out by its name. Choosing files or folders at once is macOS only.
  const folders = process.platform === 'darwin' ? (['openDirectory'] as const) : []
  const options = { title: 'Import traces', properties: ['openFile' as const, 'multiSelections' as const, ...folders] }
  const { canceled, filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options))
  return canceled ? null : filePaths
}

/** The system's dialog for a store; null when the person cancels. */
export async function chooseStore(dialog: Dialog, window: BrowserWindow | undefined): Promise<string | null> {
  const options = { title: 'Open another store', properties: ['openFile' as const] }
  const { canceled, filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options))
  return canceled ? null : (filePaths[0] ?? null)
}
