import path from 'node:path'
import { hasDisplay } from '../browser/window.ts'
import { defaultStore, sampleStore } from '../data-folder.ts'
import { findElectron } from '../launch/electron-binary.mjs'
import { root } from '../places.ts'
import { runElectron } from '../start-electron.ts'
import { type Command, type ExitCode, readPort, type Words } from './command.ts'
import { storeOption } from './inspect.ts'
import { readTargets } from './targets.ts'

const options = { ...storeOption, port: { type: 'string' }, browser: { type: 'boolean' } } as const

export const open: Command = {
  name: 'open',
  summary: 'open the app, and import files into it, or show what a link names',
  usage: 'spanwise open [files… | LINK] [--store FILE] [--browser]',
  help: ['--browser     use a browser window although Electron is here', '--port N      a fixed port for it'],
  options,
  run: words => openApp(words, defaultStore),
}

/** What `npm start` runs: the same on the bundled sample, in a store of its own. */
export const start: Command = { ...open, name: 'start', run: words => openApp(words, sampleStore) }

async function openApp(words: Words, otherwise: () => string): Promise<ExitCode> {
  const named = words.text('store')
  const { files, link } = readTargets(words.positionals)
  const withSample = named === undefined && files.length === 0 && link === undefined && otherwise === sampleStore
  const storePath = named !== undefined ? path.resolve(named) : withSample ? sampleStore() : defaultStore()
  const electron = words.flag('browser') ? undefined : findElectron(root)
  if (electron !== undefined && hasDisplay()) {
    const failure = await runElectron(electron, {
      storePath: link !== undefined && named === undefined ? undefined : storePath,
      files,
      withSample,
      link,
    })
    if (failure === undefined) return 0
    console.log(`${failure}\nThe app opens in a browser instead.`)
  } else if (electron !== undefined) console.log('There is no display for a window here: a browser can show the app.')
  else if (!words.flag('browser'))
    console.log('Electron is not installed here and could not be fetched: the app opens in a browser instead.')
  const port = readPort(words.text('port'))
  const { runBrowserHost } = await import('../browser/host.ts')
  return (await runBrowserHost({ storePath, port, files, withSample, link, opensWindow: true })) as ExitCode
}
