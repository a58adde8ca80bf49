import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Where Electron's binary lies. Never `require('electron')`: outside Electron that starts a download by itself. */
export function findElectron(root, env = process.env) {
  const folder = path.join(root, 'node_modules/electron')
  const named = path.join(folder, 'path.txt')
  if (!existsSync(named)) return undefined
  const binary = path.join(
    env.ELECTRON_OVERRIDE_DIST_PATH ?? path.join(folder, 'dist'),
    readFileSync(named, 'utf8').trim(),
  )
  return existsSync(binary) ? binary : undefined
}

/**
 * Tries once to fetch Electron's binary, where its download host answers within eight seconds. Nothing is tried where
 * the binary is here, where a machine runs us (`CI`), or where `SPANWISE_NO_DOWNLOAD` is set.
 */
export async function ensureElectron(root, env = process.env) {
  const folder = path.join(root, 'node_modules/electron')
  if (findElectron(root, env) || env.CI || env.SPANWISE_NO_DOWNLOAD || !existsSync(path.join(folder, 'install.js')))
    return
  const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
  const host =
    env.ELECTRON_MIRROR ?? env.npm_config_electron_mirror ?? 'https://github.com/electron/electron/releases/download/'
  try {
    const answer = await fetch(`${host}v${version}/SHASUMS256.txt`, {
      method: 'HEAD',
      signal: AbortSignal.timeout(8000),
    })
    if (!answer.ok) return
  } catch {
    return // said by whoever looks for the binary next
  }
  console.error(`Fetching Electron ${version} (about 110 MB), once …`)
  spawnSync(process.execPath, [path.join(folder, 'install.js')], { cwd: root, env, stdio: ['ignore', 2, 2] })
}
