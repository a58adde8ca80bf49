import { app, BrowserWindow, nativeTheme } from 'electron'
import { appPage } from './origin.ts'
import { webPreferences } from './security.ts'

/** The page's own background in both themes, so that nothing flashes while it loads. */
const background = { light: '#ffffff', dark: '#16181c' }

/** Opens the window and shows it once the page has drawn. The page follows the system's theme by itself. */
export async function openWindow(devServer: string | undefined): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    title: 'Spanwise',
    width: 1440,
    height: 900,
    minWidth: 640,
    minHeight: 400,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    webPreferences: webPreferences(app.isPackaged),
  })
  window.once('ready-to-show', () => window.show())
  // The store and the processes live on: a page that crashed is only drawn again.
  window.webContents.on('render-process-gone', (_event, details) => {
    console.error(`spanwise: the page ended (${details.reason})`)
    if (details.reason !== 'clean-exit' && !window.isDestroyed()) window.webContents.reload()
  })
  await window.loadURL(devServer ?? appPage)
  return window
}

export function currentWindow(): BrowserWindow | undefined {
  return BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0]
}

/** Brings the window to the front, for files that came from outside. */
export function showWindow(): void {
  const window = currentWindow()
  if (!window) return
  if (window.isMinimized()) window.restore()
  window.focus()
}
