import path from 'node:path'
import type { App, DownloadItem, Session, WebContents, WebPreferences } from 'electron'
import { preloadFile } from '../hosts/places.ts'
import { isOwnUrl } from './origin.ts'

// What the window may not do. Every line answers a row of Electron's security checklist; test/stand-in checks them on
// the built bundle.

/** The only web preferences there are. No other key is ever set: all the rest is safe by default. */
export function webPreferences(isPackaged: boolean): WebPreferences {
  return Object.freeze({
    preload: preloadFile,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    // The spell checker would download its dictionaries.
    spellcheck: false,
    devTools: !isPackaged,
  })
}

/** Before `ready`: the sandbox can only be switched on for everything until then. */
export function hardenApp(app: App, devServer: string | undefined): void {
  if (!mustRunUnsandboxed(app)) app.enableSandbox()
  app.on('web-contents-created', (_event, contents) => hardenContents(contents, devServer))
}

/**
 * Chromium has no sandbox for root on Linux: whoever starts it as root says `--no-sandbox`. `enableSandbox` takes that
 * word back, and every process started from then on (the network's, ours) refuses to run as root.
 */
function mustRunUnsandboxed(app: App): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0 && app.commandLine.hasSwitch('no-sandbox')
}

/** Nothing leaves our page: not by navigating, not by opening a window, not by embedding. */
function hardenContents(contents: WebContents, devServer: string | undefined): void {
  const stay = (event: { readonly url: string; preventDefault(): void }): void => {
    if (!isOwnUrl(event.url, devServer)) event.preventDefault()
  }
  contents.on('will-navigate', stay)
  contents.on('will-frame-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-attach-webview', event => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

/** Copying text is all the page is granted; and nothing it asks for reaches a network. */
export function hardenSession(session: Session, devServer: string | undefined): void {
  const isGranted = (permission: string, url: string | undefined): boolean =>
    permission === 'clipboard-sanitized-write' && url !== undefined && isOwnUrl(url, devServer)
  session.setPermissionRequestHandler((_contents, permission, callback, details) =>
    callback(isGranted(permission, details.requestingUrl)),
  )
  session.setPermissionCheckHandler((_contents, permission, origin) => isGranted(permission, origin))
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, callback) => callback(null))
  session.webRequest.onBeforeRequest((details, callback) => callback({ cancel: !isLocal(details.url, devServer) }))
  session.on('will-download', (event, item) => keepOrRefuse(event, item, devServer))
}

/** What the page itself made (an export) is saved where the person says; nothing else is downloaded. */
function keepOrRefuse(event: { preventDefault(): void }, item: DownloadItem, devServer: string | undefined): void {
  const url = item.getURL()
  if (!url.startsWith('blob:') || !isOwnUrl(url.slice('blob:'.length), devServer)) {
    event.preventDefault()
    return
  }
  item.setSaveDialogOptions({ title: 'Save the export', defaultPath: path.basename(item.getFilename()) })
}

function isLocal(url: string, devServer: string | undefined): boolean {
  if (isOwnUrl(url, devServer) || /^(?:data|blob|devtools):/.test(url)) return true
  return devServer !== undefined && isOwnUrl(url.replace(/^ws:/, 'http:'), devServer)
}
