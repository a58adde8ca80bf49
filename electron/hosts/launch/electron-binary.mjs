import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Where Electron's binary lies. Never `require('electron')`: outside Electron that starts a download by itself. */
export function findElectron(root, env = process.env) {
  const folder = path.join(root, 'node_modules/electron')
  const named = path.join(folder, 'path.txt')
  const override = env.ELECTRON_OVERRIDE_DIST_PATH
  if (!existsSync(named) && !override) return undefined
  const name = existsSync(named) ? readFileSync(named, 'utf8').trim() : 'electron'
  const binary = path.join(override ?? path.join(folder, 'dist'), name)
  return existsSync(binary) ? binary : undefined
}

/**
 * Tries once to fetch Electron's binary, where its download host answers within eight seconds. Nothing is tried where
 * the binary is here, where a machine runs us (`CI`), or where `SPANWISE_NO_DOWNLOAD` is set.
 */
export function ensureElectron(root, env = process.env) {
  const folder = path.join(root, 'node_modules/electron')
  if (findElectron(root, env) || env.CI || env.SPANWISE_NO_DOWNLOAD || !existsSync(path.join(folder, 'install.js')))
    return
  const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
  const host =
    env.ELECTRON_MIRROR ?? env.npm_config_electron_mirror ?? 'https://github.com/electron/electron/releases/download/'
  // Node's fetch, and with it Electron's installer, asks a proxy only when it is told to before it starts.
  const proxied = { NODE_USE_ENV_PROXY: '1', ...env }
  const run = (words, stdio) => spawnSync(process.execPath, words, { cwd: root, env: proxied, stdio }).status === 0
  // Where nothing answers, whoever looks for the binary next says so.
  if (!run(['--input-type=module', '--eval', probe, `${host}v${version}/SHASUMS256.txt`], 'ignore')) return
  console.error(`Fetching Electron ${version} (about 110 MB), once …`)
  run([path.join(folder, 'install.js')], ['ignore', 2, 2])
}

/** Ends well when the address in its arguments exists. The way to it may lead on to another host. */
const probe = `
  const answer = await fetch(process.argv[1], { method: 'HEAD', signal: AbortSignal.timeout(8000) })
  process.exit(answer.ok ? 0 : 1)`
