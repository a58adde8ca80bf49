import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { Bridge } from '../shared/contract/bridge.ts'

// The one bridge between the page and the app. It carries data and nothing else: no IPC object, no event object.

const bridge: Bridge = {
  ask: (name, input, ticket) => ipcRenderer.invoke('ask', { name, input, ticket }),
  cancel: ticket => void ipcRenderer.invoke('cancel', { ticket }),
  on: (name, listener) => {
    const heard = (_event: unknown, told: string, data: unknown): void => {
      if (told === name) listener(data)
    }
    ipcRenderer.on('event', heard)
    return () => void ipcRenderer.off('event', heard)
  },
  pathsOfFiles: files => files.map(file => webUtils.getPathForFile(file as File)),
}

contextBridge.exposeInMainWorld('spanwise', Object.freeze(bridge))
