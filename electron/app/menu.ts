import type { MenuItemConstructorOptions } from 'electron'

/**
 * The menu bar. Keys that the page handles itself are shown, not registered: the page knows what has the focus.
 * Reloading and the developer tools exist only while developing.
 */
export function menuTemplate(options: {
  readonly isMac: boolean
  readonly isPackaged: boolean
  readonly openFiles: () => void
}): MenuItemConstructorOptions[] {
  const { isMac, isPackaged, openFiles } = options
  const developing: MenuItemConstructorOptions[] = isPackaged
    ? []
    : [{ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }]
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: 'File',
      submenu: [
        { label: 'Import…', accelerator: 'CmdOrCtrl+O', registerAccelerator: false, click: openFiles },
        { type: 'separator' },
        isMac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...developing,
      ],
    },
    { role: 'windowMenu' },
  ]
}
