import { dataFolder } from './data-folder.ts'
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  safeStorage,
  shell,
  type UtilityProcess,
  utilityProcess,
} from 'electron'
import { z } from '../../shared/contract/schemas.ts'
import type { MenuCommand } from '../../shared/contract/shell.ts'
import type { Emit } from '../../shared/contract/index.ts'
import { chooseFiles, chooseStore } from '../app/files.ts'
import { createHandle } from '../app/handle.ts'
import { openLink } from '../app/links.ts'
import { menuTemplate } from '../app/menu.ts'
import { systemKeys } from '../app/system-keys.ts'
import { currentWindow, zoomWindow } from '../app/window.ts'
import { createInspector, type Inspector } from '../inspector.ts'
import { heapFlags } from '../processes/flags.ts'
import type { Child, ProcessName } from '../processes/process.ts'
import { childEnv } from './child-env.ts'
import { processFile, resource, version } from './places.ts'
import { surroundings } from './replay.ts'
import { settingsFile } from './settings-file.ts'
import { openStores, type SwitchingInspector } from './store-desk.ts'

const question = z.strictObject({ name: z.string().max(64), input: z.unknown(), ticket: z.int() })
const ticket = z.strictObject({ ticket: z.int() })

/** The inspector behind Electron's windows: its processes are utility processes, its wire is IPC. */
export function createWindowHost(storePath: string, devServer: string | undefined): SwitchingInspector {
  const settings = settingsFile()
  const replay = surroundings({ host: 'window', system: systemKeys(safeStorage) })
  const inspector = openStores({
    first: storePath,
    settings,
    emit: tellWindows,
    choose: () => chooseStore(dialog, currentWindow()),
    make: (path, stores, emit) =>
      createInspector({
        fork: forkUtility,
        storePath: path,
        priceFolder: dataFolder(),
        samplePath: resource('sample/traces.jsonl.gz'),
        host: {
          kind: 'electron',
          version,
          chooseFiles: () => chooseFiles(dialog, currentWindow()),
          openLink: url => openLink(url, { dialog, shell, window: currentWindow() }),
          settings,
          stores,
          showMenu,
          zoom: step => zoomWindow(currentWindow(), step),
        },
        replay,
        emit,
      }),
  })
  answerPages(inspector, devServer)
  return inspector
}

/** Every window hears what happens. */
export const tellWindows: Emit = (name, data) => {
  for (const window of BrowserWindow.getAllWindows())
    if (!window.isDestroyed()) window.webContents.send('event', name, data)
}

/** The menu bar with what the page can do; without a page, what the system does. */
export function showMenu(commands: readonly MenuCommand[]): void {
  const run = (id: string) => tellWindows('command.chosen', { id })
  const template = menuTemplate({ isMac: process.platform === 'darwin', isPackaged: app.isPackaged, commands, run })
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}

function answerPages(inspector: Inspector, devServer: string | undefined): void {
  const handle = createHandle(ipcMain, devServer)
  // Tickets are the page's own numbers: two windows may use the same.
  const running = new Map<string, AbortController>()
  handle('ask', question, async ({ name, input, ticket }, { contents }) => {
    const key = `${contents} ${ticket}`
    const cancel = new AbortController()
    // A page that was drawn again counts from one again: nobody waits for what the old one asked.
    running.get(key)?.abort()
    running.set(key, cancel)
    const answer = await inspector.ask(name, input, cancel.signal)
    if (running.get(key) === cancel) running.delete(key)
    return answer
  })
  handle('cancel', ticket, ({ ticket }, { contents }) => {
    running.get(`${contents} ${ticket}`)?.abort()
    return { ok: true, value: {} }
  })
}

function forkUtility(name: ProcessName): Child {
  const child = utilityProcess.fork(processFile(name), [], {
    serviceName: `Spanwise ${name}`,
    // Chromium's command line: Node's own flags would be ignored there without a word.
    execArgv: [`--js-flags=${heapFlags(name).join(' ')}`],
    stdio: 'inherit',
    env: childEnv(),
  })
  const closers: (() => void)[] = []
  // Out of memory, for one; `exit` follows. Unheard, an `error` would become a message box of the main process.
  child.on('error', (type, location) => console.error(`spanwise: the ${name} process failed: ${type} in ${location}`))
  child.once('exit', () => {
    for (const close of closers) close()
  })
  return {
    port: {
      // A process has no target origin: the rule means windows.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin
      post: message => child.postMessage(message),
      listen: listener => void child.on('message', listener),
      onClose: listener => void closers.push(listener),
      // It has no end of its own to close: `kill` follows.
      close: () => {},
    },
    kill: () => killNow(child),
  }
}

/** At once, whatever it is doing: `UtilityProcess.kill` asks with SIGTERM, which a running query may keep waiting. */
function killNow(child: UtilityProcess): void {
  if (child.pid === undefined) return void child.kill()
  try {
    process.kill(child.pid, 'SIGKILL')
  } catch {
    // It ended by itself in this very moment.
  }
}
