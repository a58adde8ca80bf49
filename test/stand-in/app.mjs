// The built main bundle, running on the stand-in: what ships is what is checked.
import { after } from 'node:test'
import { rmSync } from 'node:fs'
import './register.mjs'

// As Electron starts an app that is not packaged: its own folder, and no files.
process.argv.splice(1, process.argv.length, process.cwd())
export const { app, BrowserWindow, seen } = await import('./electron.ts')
await import('../../out/main/main.js')
for (let i = 0; i < 500 && seen.loaded.length === 0; i++) await new Promise(resolve => setTimeout(resolve, 10))
for (let i = 0; i < 500 && seen.forks.length < 3; i++) await new Promise(resolve => setTimeout(resolve, 10))

after(async () => {
  app.emit('before-quit', { preventDefault() {} })
  for (let i = 0; i < 600 && !seen.order.includes('quit'); i++) await new Promise(resolve => setTimeout(resolve, 10))
  for (const child of seen.children) child.kill('SIGKILL')
  rmSync(app.getPath(), { recursive: true, force: true })
})

export const contents = seen.contents[0]

/** An IPC event from a frame; by default from our own page's top frame. */
export function event({ url = 'app://bundle/index.html', origin = 'app://bundle', parent = null } = {}) {
  return { senderFrame: { url, origin, parent }, sender: { id: 1 } }
}

export function ask(name, input, from = event(), ticket = 1) {
  return seen.ipc.get('ask')(from, { name, input, ticket })
}
