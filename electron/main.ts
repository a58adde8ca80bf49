import { app, dialog, Menu, protocol, session } from 'electron'
import { chooseFiles, collectDropped, readCommandLine, readHanded } from './app/files.ts'
import { menuTemplate } from './app/menu.ts'
import { registerScheme, serveScheme } from './app/protocol.ts'
import { hardenApp, hardenSession } from './app/security.ts'
import { currentWindow, openWindow, showWindow } from './app/window.ts'
import { defaultStore } from './hosts/data-folder.ts'
import { createWindowHost } from './hosts/window.ts'

/** The page's development server; a packaged app knows none. */
const devServer = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']

hardenApp(app, devServer)
registerScheme(protocol)
const dropped = collectDropped(app)
const started = readCommandLine(process.argv.slice(1), process.cwd())

if (app.requestSingleInstanceLock(started)) void run()
else app.quit()

async function run(): Promise<void> {
  await app.whenReady()
  hardenSession(session.defaultSession, devServer)
  serveScheme(protocol)

  const inspector = createWindowHost(started.store ?? defaultStore(), devServer)
  const openFiles = (files: readonly string[]): void => {
    showWindow()
    if (files.length > 0) void inspector.openFiles(files)
  }
  const importChosen = async (): Promise<void> => openFiles((await chooseFiles(dialog, currentWindow())) ?? [])
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate({
        isMac: process.platform === 'darwin',
        isPackaged: app.isPackaged,
        openFiles: () => void importChosen(),
      }),
    ),
  )
  app.on('second-instance', (_event, _words, _folder, data) => openFiles(readHanded(data)?.files ?? []))
  app.on('activate', () => void (currentWindow() ?? openWindow(devServer)))
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  closeBeforeQuitting(inspector)

  await openWindow(devServer)
  // What is wrong with a store is shown by the page, which asks and is told.
  await inspector.prepare().catch(() => {})
  dropped.to(openFiles)
  if (started.sample) await inspector.ensureSample()
  openFiles(started.files)
}

/** Committed work is safe at any time; closing in order only makes the store one tidy file. */
function closeBeforeQuitting(inspector: ReturnType<typeof createWindowHost>): void {
  let isClosed = false
  app.on('before-quit', event => {
    if (isClosed) return
    event.preventDefault()
    void inspector.close().finally(() => {
      isClosed = true
      app.quit()
    })
  })
}
