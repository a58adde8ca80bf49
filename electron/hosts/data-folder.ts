import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'

/** Where stores live unless `--store` says otherwise: the system's own place for data, readable by its owner only. */
export function dataFolder(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  if (platform === 'win32') return path.join(env['APPDATA'] ?? path.join(homedir(), 'AppData/Roaming'), 'Spanwise')
  if (platform === 'darwin') return path.join(homedir(), 'Library/Application Support/Spanwise')
  const base = env['XDG_DATA_HOME']
  return path.join(base && path.isAbsolute(base) ? base : path.join(homedir(), '.local/share'), 'spanwise')
}

/** The store the app opens when it is told nothing. */
export function defaultStore(): string {
  return path.join(madeFolder(), 'traces.spanwise')
}

/** What `npm start` shows a newcomer: the bundled traces, apart from anybody's own. */
export function sampleStore(): string {
  return path.join(madeFolder(), 'sample.spanwise')
}

function madeFolder(): string {
  const folder = dataFolder()
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}
