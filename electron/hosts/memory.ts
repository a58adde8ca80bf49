import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type { Client, EventData, EventName } from '../../shared/contract/index.ts'
import { createInspector, type Inspector } from '../inspector.ts'
import { engine } from '../processes/engine-role.ts'
import { importer } from '../processes/import-role.ts'
import { indexer } from '../processes/indexer-role.ts'
import { net } from '../processes/net-role.ts'
import { prompter } from '../processes/prompts-role.ts'
import type { Child, ProcessName, Role } from '../processes/process.ts'
import { reader } from '../processes/reader-role.ts'
import { serve } from '../processes/serve.ts'
import type { Port } from '../rpc/channel.ts'
import { fromWireError } from '../rpc/errors.ts'
import { resource } from './places.ts'
import { surroundings } from './replay.ts'

export interface MemoryHost extends Client {
  readonly inspector: Inspector
  readonly storePath: string
  close(): Promise<void>
}

const roles: { readonly [name in ProcessName]: Role } = {
  engine,
  import: importer,
  reader,
  indexer,
  prompts: prompter,
  net,
}

/** The inspector without processes, on a store of its own that goes when it closes. For tests. */
export function openMemoryHost(): MemoryHost {
  const folder = mkdtempSync(path.join(tmpdir(), 'spanwise-'))
  const storePath = path.join(folder, 'test.spanwise')
  const listeners = new Map<string, Set<(data: never) => void>>()
  const inspector = createInspector({
    fork: forkInProcess,
    storePath,
    samplePath: resource('sample/traces.jsonl.gz'),
    host: { kind: 'memory', version: 'test' },
    replay: surroundings({ folder, host: 'memory' }),
    emit: (name, data) => {
      for (const listener of listeners.get(name) ?? []) listener(data as never)
    },
  })
  return {
    inspector,
    storePath,
    async ask(name, input, signal) {
      const answer = await inspector.ask(name, input, signal)
      if (!answer.ok) throw fromWireError(answer.error)
      return answer.value as never
    },
    on<K extends EventName>(name: K, listener: (data: EventData<K>) => void) {
      const set = listeners.get(name) ?? new Set()
      listeners.set(name, set.add(listener))
      return () => void set.delete(listener)
    },
    async close() {
      await inspector.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A process that is none: its role answers in this one. Messages are cloned as between real processes. */
export function forkInProcess(name: ProcessName): Child {
  const { port1, port2 } = new MessageChannel()
  serve(roles[name], toPort(port2))
  return { port: toPort(port1), kill: () => port1.close() }
}

function toPort(port: MessagePort): Port {
  return {
    // A port has no target origin: the rule means windows.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    post: message => port.postMessage(message),
    listen: listener => void port.on('message', listener),
    onClose: listener => void port.on('close', listener),
    close: () => port.close(),
  }
}
