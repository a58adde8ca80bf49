// The newcomer's way in the product itself, where its binary is.

import { _electron, expect, test } from '@playwright/test'
import { findElectron } from '../../electron/hosts/launch/electron-binary.mjs'
import { electronWords } from '../../electron/hosts/start-electron.ts'
import { checkout } from '../helpers/product.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { newcomerFlow } from './flow.ts'

const binary = findElectron(checkout)

test('the newcomer’s way, in Electron', async () => {
  test.skip(binary === undefined, 'the Electron binary is not installed here: `npm start` fetches it where it can')
  using folder = temporaryFolder()
  const app = await _electron.launch({
    executablePath: binary ?? '',
    args: [
      ...electronWords({ storePath: folder.file('store.spanwise'), files: [], withSample: false }),
      // A profile of its own: an app that is open already would take this one's place.
      `--user-data-dir=${folder.file('profile')}`,
    ],
    env: { ...(process.env as Record<string, string>), XDG_DATA_HOME: folder.path },
  })
  try {
    const page = await app.firstWindow()
    const faults: string[] = []
    page.on('pageerror', error => faults.push(error.message))
    page.on('console', message => message.type() === 'error' && faults.push(message.text()))
    await newcomerFlow(page)
    expect(faults).toEqual([])
  } finally {
    await app.close()
  }
})
