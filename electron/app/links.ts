import type { BrowserWindow, Dialog, Shell } from 'electron'
import { InspectorError } from '../../shared/domain/errors.ts'
import { openableLink } from './link-rules.ts'

/** Asks the person, showing the whole address, and only then gives it to the system's browser. */
export async function openLink(
  url: string,
  electron: { readonly dialog: Dialog; readonly shell: Shell; readonly window: BrowserWindow | undefined },
): Promise<void> {
  const address = openableLink(url)
  if (address === undefined) throw new InspectorError('app/bad-link', 'This address is not one Spanwise opens.')
  const question = {
    type: 'question' as const,
    message: 'Open this address in your browser?',
    detail: address,
    buttons: ['Cancel', 'Open'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  }
  const { dialog, shell, window } = electron
  const { response } = await (window ? dialog.showMessageBox(window, question) : dialog.showMessageBox(question))
  if (response === 1) await shell.openExternal(address)
}
