import { createInspector, type Inspector } from '../../electron/inspector.ts'
import { forkInProcess } from '../../electron/hosts/memory.ts'
import type { CancelSignal, Input, Output, RequestName } from '../../shared/contract/index.ts'

export interface OpenStore extends AsyncDisposable {
  readonly ask: <K extends RequestName>(name: K, input: Input<K>, signal?: CancelSignal) => Promise<Output<K>>
}

/** Asks the inspector about a store file, in this process: `await using store = openStore(path)`. */
export function openStore(storePath: string): OpenStore {
  return inspectorStore(
    createInspector({
      fork: forkInProcess,
      storePath,
      samplePath: undefined,
      host: { kind: 'memory', version: 'test' },
      emit: () => {},
    }),
  )
}

/** The same for an inspector whose processes were started some other way. */
export function inspectorStore(inspector: Inspector): OpenStore {
  return {
    async ask<K extends RequestName>(name: K, input: Input<K>, signal?: CancelSignal): Promise<Output<K>> {
      const answer = await inspector.ask(name, input, signal)
      if (!answer.ok) throw new Error(`${name}: ${answer.error.message}`)
      return answer.value as Output<K>
    },
    [Symbol.asyncDispose]: () => inspector.close(),
  }
}
