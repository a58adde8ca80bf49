// A stand-in for the main-process half of Electron, typed against electron.d.ts: records what the app asks for, in
// order. It shows what our code wants, not that Electron obeys; that is for the suite that needs the binary.

import { EventEmitter } from 'node:events'
import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type * as Electron from 'electron'

type Anything = (...args: never[]) => unknown

export interface FakeFrame {
  readonly url: string
  readonly origin: string
  readonly parent: unknown
}

export const seen = {
  /** Calls whose order matters. */
  order: [] as string[],
  windows: [] as Electron.BrowserWindowConstructorOptions[],
  loaded: [] as string[],
  ipc: new Map<string, (event: unknown, ...payload: unknown[]) => Promise<unknown>>(),
  schemes: [] as Electron.CustomScheme[],
  protocols: new Map<string, (request: Request) => Promise<Response>>(),
  opened: [] as string[],
  asked: [] as Electron.MessageBoxOptions[],
  /** What the person answers next. */
  clicks: 0,
  chosen: { canceled: true, filePaths: [] as string[] },
  sent: [] as unknown[][],
  contents: [] as FakeContents[],
  forks: [] as { file: string; options: Electron.ForkOptions }[],
  children: [] as ChildProcess[],
  menus: [] as Electron.MenuItemConstructorOptions[][],
  session: {} as Record<string, Anything | null>,
  /** Words of Chromium's own on the command line. */
  switches: new Set<string>(),
  /** Who keeps secrets. */
  backend: 'gnome_libsecret' as 'basic_text' | 'gnome_libsecret',
  /** Whether no other instance runs. */
  isFirst: true,
}

class FakeContents extends EventEmitter {
  readonly id = seen.contents.length + 1
  openHandler: ((details: { url: string }) => { action: string }) | undefined
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler
  }
  send(...args: unknown[]): void {
    seen.sent.push(structuredClone(args))
  }
  reload(): void {
    seen.order.push('reload')
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly all: BrowserWindow[] = []
  static getAllWindows(): BrowserWindow[] {
    return BrowserWindow.all
  }
  static getFocusedWindow(): null {
    return null
  }
  readonly webContents = new FakeContents()
  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super()
    seen.windows.push(options)
    seen.contents.push(this.webContents)
    BrowserWindow.all.push(this)
    app.emit('web-contents-created', {}, this.webContents)
  }
  show(): void {
    seen.order.push('show')
  }
  focus(): void {
    seen.order.push('focus')
  }
  restore(): void {}
  isMinimized(): boolean {
    return false
  }
  isDestroyed(): boolean {
    return false
  }
  async loadURL(url: string): Promise<void> {
    seen.loaded.push(url)
    queueMicrotask(() => this.emit('ready-to-show'))
  }
}

const userData = mkdtempSync(path.join(tmpdir(), 'stand-in-'))
process.env['XDG_DATA_HOME'] = userData
process.env['APPDATA'] = userData

class FakeApp extends EventEmitter {
  isPackaged = true
  readonly commandLine = { hasSwitch: (name: string) => seen.switches.has(name) }
  lockData: unknown
  enableSandbox(): void {
    seen.order.push('enableSandbox')
  }
  requestSingleInstanceLock(data: unknown): boolean {
    this.lockData = data
    return seen.isFirst
  }
  async whenReady(): Promise<void> {
    seen.order.push('ready')
  }
  getPath(): string {
    return userData
  }
  setAsDefaultProtocolClient(...words: unknown[]): boolean {
    seen.order.push(`protocol ${words.flat().join(' ')}`)
    return true
  }
  quit(): void {
    seen.order.push('quit')
  }
  exit(code: number): void {
    seen.order.push(`exit ${code}`)
  }
}
export const app = new FakeApp()

export const ipcMain = {
  handle: (name: string, handler: (event: unknown, ...payload: unknown[]) => Promise<unknown>) => {
    if (seen.ipc.has(name)) throw new Error(`A second handler for '${name}'`)
    seen.ipc.set(name, handler)
  },
}
export const shell = { openExternal: async (url: string) => void seen.opened.push(url) }
export const dialog = {
  showMessageBox: async (...args: unknown[]) => {
    seen.asked.push(args.at(-1) as Electron.MessageBoxOptions)
    return { response: seen.clicks }
  },
  showOpenDialog: async () => seen.chosen,
  showErrorBox: (title: string, text: string) => void seen.asked.push({ message: title, detail: text }),
}
export const nativeTheme = { shouldUseDarkColors: false }
export const Menu = {
  setApplicationMenu: () => {},
  buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => (seen.menus.push(template), {}),
}
export const protocol = {
  registerSchemesAsPrivileged: (schemes: Electron.CustomScheme[]) => {
    seen.order.push('registerSchemes')
    seen.schemes.push(...schemes)
  },
  handle: (scheme: string, handler: (request: Request) => Promise<Response>) =>
    void seen.protocols.set(scheme, handler),
}
const remember = (name: string) => (handler: Anything | null) => void (seen.session[name] = handler)
export const session = {
  defaultSession: {
    setPermissionRequestHandler: remember('request'),
    setPermissionCheckHandler: remember('check'),
    setDevicePermissionHandler: remember('device'),
    setDisplayMediaRequestHandler: remember('display'),
    webRequest: { onBeforeRequest: remember('network') },
    on: (name: string, listener: Anything) => void (seen.session[name] = listener),
  },
}

/** What it keeps is not the text, and no secret either. */
export const safeStorage = {
  isAsyncEncryptionAvailable: async () => true,
  getSelectedStorageBackend: () => seen.backend,
  encryptStringAsync: async (text: string) => Buffer.from(Buffer.from(text).toString('base64')),
  decryptStringAsync: async (data: Buffer) => ({
    result: Buffer.from(data.toString(), 'base64').toString(),
    shouldReEncrypt: false,
  }),
}

const utility = new URL('utility.mjs', import.meta.url).href

/**
 * Real processes, so that a good message goes all the way to a store and back. As in Electron, they speak through a
 * parent port, and of the flags only V8's arrive, inside `--js-flags`.
 */
export const utilityProcess = {
  fork(file: string, args: string[], options: Electron.ForkOptions) {
    seen.forks.push({ file, options })
    const flags = (options.execArgv ?? []).filter(flag => flag.startsWith('--js-flags='))
    const child = fork(file, args, {
      serialization: 'advanced',
      execArgv: ['--import', utility, ...flags.flatMap(flag => flag.slice('--js-flags='.length).split(' '))],
      stdio: ['ignore', 2, 2, 'ipc'],
      env: options.env as NodeJS.ProcessEnv,
    })
    seen.children.push(child)
    return Object.assign(child, { postMessage: (message: object) => void child.send(message, () => {}) })
  },
}
