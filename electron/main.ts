import { app, dialog, protocol, session } from 'electron'
import { collectDropped, collectLinks, type Handed, readCommandLine, readHanded } from './app/files.ts'
import { registerScheme, serveScheme } from './app/protocol.ts'
import { hardenApp, hardenSession } from './app/security.ts'
import { currentWindow, openWindow, showWindow } from './app/window.ts'
import { defaultStore } from './hosts/data-folder.ts'
import { createWindowHost, showMenu, tellWindows } from './hosts/window.ts'
import type { Inspector } from './inspector.ts'
import { toWireError } from './rpc/errors.ts'

/** The page's development server; a packaged app knows none. */
const devServer = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']

hardenApp(app, devServer)
registerScheme(protocol)
const dropped = collectDropped(app)
const links = collectLinks(app)
// While developing it would be this checkout's for the whole system. The dashes keep a link from being taken for a switch.
if (app.isPackaged) app.setAsDefaultProtocolClient('spanwise', process.execPath, ['--'])
const started = readCommandLine(process.argv.slice(1), process.cwd())

if (app.requestSingleInstanceLock(started)) run().catch(giveUp)
else {
  console.log('Spanwise is open already: its window takes over.')
  app.quit()
}

async function run(): Promise<void> {
  await app.whenReady()
  hardenSession(session.defaultSession, devServer)
  serveScheme(protocol)

  const inspector = createWindowHost(started.store ?? defaultStore(), devServer)
  const openFiles = async (files: readonly string[]): Promise<void> => {
    await showWindow(devServer)
    if (files.length > 0) await inspector.openFiles(files)
  }
  const followLink = async (link: string): Promise<void> => {
    if (!currentWindow()) return void (await openWindow(devServer, link))
    await showWindow(devServer)
    tellWindows('link.opened', { link })
  }
  const takeOver = async (handed: Handed | undefined): Promise<void> => {
    const storePath = inspector.storePath()
    const wanted = handed?.store ?? storePath
    if (handed?.link === undefined || currentWindow())
      await openFiles(wanted === storePath ? (handed?.files ?? []) : [])
    if (wanted !== storePath) await tellOtherStore(storePath, wanted)
    else if (handed?.link !== undefined) await followLink(handed.link)
  }
  showMenu([])
  app.on('second-instance', (_event, _words, _folder, data) => void takeOver(readHanded(data)))
  app.on('activate', () => void (currentWindow() ?? openWindow(devServer)))
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  closeBeforeQuitting(inspector)

  await openWindow(devServer, started.link)
  // What is wrong with a store is shown by the page, which asks and is told.
  await inspector.prepare().catch(() => {})
  dropped.to(files => void openFiles(files))
  links.to(link => void followLink(link))
  if (started.sample) await inspector.ensureSample()
  if (started.files.length > 0) await openFiles(started.files)
}

/** Files meant for one store must not land in another, and one app has one store open. */
async function tellOtherStore(open: string, wanted: string): Promise<void> {
  const told = {
    type: 'info' as const,
    message: 'Spanwise has another store open.',
    detail: `Open: ${open}\nAsked for: ${wanted}\n\nClose Spanwise first; nothing was imported.`,
  }
  const window = currentWindow()
  await (window ? dialog.showMessageBox(window, told) : dialog.showMessageBox(told))
}

/** Committed work is safe at any time; closing in order only makes the store one tidy file. */
function closeBeforeQuitting(inspector: Inspector): void {
  let closing: Promise<void> | undefined
  let isClosed = false
  app.on('before-quit', event => {
    if (isClosed) return
    event.preventDefault()
    // Never from within the event, however fast it was: a quit inside a quit that was prevented is lost.
    closing ??= inspector.close().finally(() =>
      setImmediate(() => {
        isClosed = true
        app.quit()
      }),
    )
  })
}

/** Without a window nobody would know: an app that cannot start says why, and ends. */
function giveUp(error: unknown): void {
  console.error('spanwise: could not start:', error)
  dialog.showErrorBox('Spanwise could not start', toWireError(error).message)
  app.exit(1)
}
