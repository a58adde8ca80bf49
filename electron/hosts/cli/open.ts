import path from 'node:path'
import { hasDisplay } from '../browser/window.ts'
import { defaultStore, sampleStore } from '../data-folder.ts'
import { findElectron } from '../launch/electron-binary.mjs'
import { root } from '../places.ts'
import { runElectron } from '../start-electron.ts'
import { type Command, type ExitCode, readPort, type Words } from './command.ts'
import { storeOption } from './inspect.ts'

const options = { ...storeOption, port: { type: 'string' }, browser: { type: 'boolean' } } as const

export const open: Command = {
  name: 'open',
  summary: 'open the app, and import files into it',
  usage: 'spanwise open [files…] [--store FILE] [--browser]',
  help: ['--browser     use a browser window although Electron is here', '--port N      a fixed port for it'],
  options,
  run: words => openApp(words, defaultStore),
}

/** What `npm start` runs: the same on the bundled sample, in a store of its own. */
export const start: Command = { ...open, name: 'start', run: words => openApp(words, sampleStore) }

async function openApp(words: Words, otherwise: () => string): Promise<ExitCode> {
  const named = words.text('store')
  const files = words.positionals.map(file => path.resolve(file))
  const withSample = named === undefined && files.length === 0 && otherwise === sampleStore
  const storePath = named !== undefined ? path.resolve(named) : withSample ? sampleStore() : defaultStore()
  const electron = words.flag('browser') ? undefined : findElectron(root)
  if (electron !== undefined && hasDisplay()) {
    const failure = await runElectron(electron, { storePath, files, withSample })
    if (failure === undefined) return 0
    console.log(`${failure}\nThe app opens in a browser instead.`)
  } else if (electron !== undefined) console.log('There is no display for a window here: a browser can show the app.')
  else if (!words.flag('browser'))
    console.log('Electron is not installed here and could not be fetched: the app opens in a browser instead.')
  const port = readPort(words.text('port'))
  const { runBrowserHost } = await import('../browser/host.ts')
  return (await runBrowserHost({ storePath, port, files, withSample, opensWindow: true })) as ExitCode
}
