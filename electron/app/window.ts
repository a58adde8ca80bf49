import { app, BrowserWindow, nativeTheme } from 'electron'
import type { ZoomStep } from '../../shared/contract/shell.ts'
import { chosenTheme } from '../hosts/themed-page.ts'
import { appPage } from './origin.ts'
import { webPreferences } from './security.ts'

/** The page's own background in both themes, so that nothing flashes while it loads. */
const background = { light: '#ffffff', dark: '#16181d' }

/** Opens the window, at a link's place, and shows it once the page has drawn. The page has its theme from its first pixel on. */
export async function openWindow(devServer: string | undefined, link?: string): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    title: 'Spanwise',
    width: 1440,
    height: 900,
    minWidth: 640,
    minHeight: 400,
    show: false,
    backgroundColor: background[chosenTheme() ?? (nativeTheme.shouldUseDarkColors ? 'dark' : 'light')],
    webPreferences: webPreferences(app.isPackaged),
  })
  window.once('ready-to-show', () => window.show())
  redrawAfterCrash(window)
  try {
    await window.loadURL(`${devServer ?? appPage}${link === undefined ? '' : `#${link}`}`)
  } catch (error) {
    // Closed while it loaded, or reloaded at once: whatever else starts must start all the same.
    console.error(`spanwise: the page did not load: ${error instanceof Error ? error.message : String(error)}`)
  }
  return window
}

/** A page that ends again and again (no memory, no graphics) is left alone after so many times in a minute. */
const mostCrashes = 3

/** The store and the processes live on: a page that crashed is only drawn again. */
function redrawAfterCrash(window: BrowserWindow): void {
  let crashes: number[] = []
  window.webContents.on('render-process-gone', (_event, details) => {
    console.error(`spanwise: the page ended (${details.reason})`)
    crashes = [...crashes.filter(time => time > Date.now() - 60_000), Date.now()]
    if (details.reason === 'clean-exit' || crashes.length > mostCrashes) return
    // Not from within the event: the process that it tells about is still being put away.
    setTimeout(() => window.isDestroyed() || window.webContents.reload(), 100)
  })
}

export function currentWindow(): BrowserWindow | undefined {
  return BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0]
}

/** Brings the window to the front, for files that came from outside. On macOS the app lives on without one. */
export async function showWindow(devServer: string | undefined): Promise<void> {
  const window = currentWindow()
  if (!window) return void (await openWindow(devServer))
  if (window.isMinimized()) window.restore()
  window.focus()
}

/** Steps of Chromium's own: each is a fifth more. */
export function zoomWindow(window: BrowserWindow | undefined, step: ZoomStep): void {
  if (!window) return
  const { webContents } = window
  const level = step === 'reset' ? 0 : webContents.getZoomLevel() + (step === 'in' ? 0.5 : -0.5)
  webContents.setZoomLevel(Math.max(-3, Math.min(5, level)))
}
