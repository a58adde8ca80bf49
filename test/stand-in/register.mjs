// Whoever imports `electron` gets the stand-in instead. Never the real package: outside Electron it starts a download.
import { registerHooks } from 'node:module'

const url = new URL('electron.ts', import.meta.url).href
registerHooks({
  resolve: (name, context, next) => (name === 'electron' ? { url, shortCircuit: true } : next(name, context)),
})
