import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import type { EventData, EventName, Input, Output, RequestName } from '../../../shared/contract/index.ts'
import { requests } from '../../../shared/contract/index.ts'
import type { CancelSignal } from '../../../shared/contract/index.ts'
import { InspectorError } from '../../../shared/domain/errors.ts'
import { createInspector, type Inspector } from '../../inspector.ts'
import { fromWireError } from '../../rpc/errors.ts'
import { dataFolder, defaultStore } from '../data-folder.ts'
import { forkNode } from '../fork-node.ts'
import { processFile, resource, version } from '../places.ts'
import { surroundings } from '../replay.ts'
import { usageError, type Words } from './command.ts'

/** The inspector as a command uses it: answers or an InspectorError. */
export interface Asker {
  readonly ask: <K extends RequestName>(name: K, input: Input<K>, signal?: CancelSignal) => Promise<Output<K>>
  readonly on: <K extends EventName>(name: K, listener: (data: EventData<K>) => void) => void
  readonly inspector: Inspector
}

export const storeOption = { store: { type: 'string' } } as const

export function storeOf(words: Words): string {
  const named = words.text('store')
  if (named === '') throw usageError('--store takes the path of a file.')
  return named === undefined ? defaultStore() : path.resolve(named)
}

/** A store to read from: a question must not create one. */
export function existingStoreOf(words: Words): string {
  const store = storeOf(words)
  if (!existsSync(store)) throw new InspectorError('store/missing', `There is no store at ${store}.`)
  const stat = statSync(store)
  if (stat.isFile() && stat.size === 0) {
    throw new InspectorError('store/not-a-store', `${store} is not a Spanwise store. It is empty.`)
  }
  return store
}

/** Opens a store for as long as `work` takes. */
export async function withInspector<T>(
  storePath: string,
  work: (asker: Asker) => Promise<T>,
  opener: 'engine' | 'import' = 'engine',
): Promise<T> {
  const listeners: { readonly name: EventName; readonly listener: (data: never) => void }[] = []
  const inspector = createInspector({
    fork: name => forkNode(name, processFile(name === 'import' && opener === 'import' ? 'import-soon' : name)),
    storePath,
    priceFolder: dataFolder(),
    samplePath: resource('sample/traces.jsonl.gz'),
    host: { kind: 'cli', version },
    replay: surroundings({ host: 'command line', bringsProfiles: true }),
    opener,
    emit: (name, data) => {
      for (const one of listeners) if (one.name === name) one.listener(data as never)
    },
  })
  try {
    await inspector.open()
    return await work({
      inspector,
      async ask(name, input, signal) {
        const answer = await inspector.ask(name, input, signal)
        if (!answer.ok) throw fromWireError(answer.error)
        return requests[name].out.parse(answer.value) as never
      },
      on: (name, listener) => void listeners.push({ name, listener }),
    })
  } finally {
    await inspector.close()
  }
}

/** The same for a command that imports: the process that does it opens the store, and starts alone. */
export function withImporter<T>(storePath: string, work: (asker: Asker) => Promise<T>): Promise<T> {
  return withInspector(storePath, work, 'import')
}
