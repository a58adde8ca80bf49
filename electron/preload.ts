import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { Bridge } from '../shared/contract/bridge.ts'

// The one bridge between the page and the app. It carries data and nothing else: no IPC object, no event object.

type Listener = (data: unknown) => void

/** One listener of ours for all of the page's: eleven of them on one emitter would be taken for a leak. */
const listeners = new Map<string, Set<Listener>>()
ipcRenderer.on('event', (_event: unknown, told: string, data: unknown) => {
  for (const listener of listeners.get(told) ?? []) listener(data)
})

const bridge: Bridge = {
  ask: (name, input, ticket) => ipcRenderer.invoke('ask', { name, input, ticket }),
  cancel: ticket => void ipcRenderer.invoke('cancel', { ticket }),
  on: (name, listener) => {
    const those = listeners.get(name) ?? new Set()
    listeners.set(name, those.add(listener))
    return () => void those.delete(listener)
  },
  pathsOfFiles: files => files.map(file => webUtils.getPathForFile(file as File)),
}

contextBridge.exposeInMainWorld('spanwise', Object.freeze(bridge))
