import { dataFolder } from '../data-folder.ts'
import { createInspector } from '../../inspector.ts'
import { toWireError } from '../../rpc/errors.ts'
import { forkNode } from '../fork-node.ts'
import { rendererFolder, resource, version } from '../places.ts'
import { surroundings } from '../replay.ts'
import { settingsFile } from '../settings-file.ts'
import { openStores } from '../store-desk.ts'
import { type PageServer, servePage } from './server.ts'
import { openWindow } from './window.ts'

export interface BrowserHostOptions {
  readonly storePath: string
  /** 0 lets the system choose. */
  readonly port: number
  /** Imported as soon as the page may hear of it. */
  readonly files: readonly string[]
  /** Where the page begins: a link to a place of the window. */
  readonly link?: string | undefined
  /** Puts the bundled sample into a store that is empty. */
  readonly withSample: boolean
  /** Opens a Chromium window where there is one, a display, and `BROWSER` is not `none`. */
  readonly opensWindow: boolean
}

/** Runs the app in a browser until its window is closed or the process is told to end. Answers the exit code. */
export async function runBrowserHost(options: BrowserHostOptions): Promise<number> {
  let server: PageServer | undefined
  const settings = settingsFile()
  const replay = surroundings({ host: 'browser' })
  const inspector = openStores({
    first: options.storePath,
    settings,
    emit: (name, data) => server?.emit(name, data),
    make: (storePath, stores, emit) =>
      createInspector({
        fork: forkNode,
        storePath,
        priceFolder: dataFolder(),
        samplePath: resource('sample/traces.jsonl.gz'),
        host: { kind: 'browser', version, settings, stores },
        replay,
        emit,
      }),
  })
  try {
    server = await servePage({ inspector, folder: rendererFolder, port: options.port })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    const why =
      code === 'EADDRINUSE' ? 'is in use' : code === 'EACCES' || code === 'EPERM' ? 'may not be used by you' : undefined
    const message = why ? `port ${options.port} ${why}; choose another with --port.` : toWireError(error).message
    console.error(`spanwise: ${message}`)
    return 1
  }
  // A store that cannot be opened is shown in the page, which asks and is told why.
  await inspector.prepare().catch((error: unknown) => console.error(`spanwise: ${toWireError(error).message}`))
  const { port } = server
  const address = `${server.newAddress()}${options.link === undefined ? '' : `#${options.link}`}`
  console.log(`Spanwise is at ${address}`)
  if (options.withSample) await inspector.ensureSample()
  if (options.files.length > 0) await inspector.openFiles(options.files)

  const window = options.opensWindow ? openWindow(address) : undefined
  const stops: Promise<unknown>[] = [told('SIGINT'), told('SIGTERM')]
  if (window) stops.push(new Promise(resolve => void window.once('close', resolve)))
  else offerNewAddresses(server)
  await Promise.race(stops)
  console.error(`spanwise: closing ${port}`)
  await server.close()
  await inspector.close()
  return 0
}

function told(signal: NodeJS.Signals): Promise<void> {
  return new Promise(resolve => void process.once(signal, () => resolve()))
}

/** An address works once and for a minute: Enter prints another. */
function offerNewAddresses(server: PageServer): void {
  if (!process.stdin.isTTY) return
  console.log('It works once, within a minute. Enter prints another, Ctrl-C ends.')
  process.stdin.on('data', () => console.log(`Spanwise is at ${server.newAddress()}`))
}
