import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const root = fileURLToPath(new URL('../../..', import.meta.url))

/** What the build reads. */
const sources = ['electron', 'renderer', 'shared', 'package.json', 'package-lock.json', 'electron.vite.config.ts']
const stamp = path.join(root, 'out/stamp')
const lock = path.join(root, 'node_modules/.cache/spanwise-build.lock')

/**
 * Builds `out/` when something the build reads is newer than it. Two at once (a test run beside a `start`) wait for each
 * other: the build empties its folder first. Everything it says goes to stderr: stdout may be a document.
 */
export async function ensureBuilt({ force = false, quiet = false } = {}) {
  if (!force && isFresh()) return true
  const release = await takeLock()
  try {
    return (!force && isFresh()) || (await build(quiet))
  } finally {
    release()
  }
}

async function build(quiet) {
  const say = text => quiet || process.stderr.write(text)
  say('Building … ')
  const started = performance.now()
  // Before anything is read: what is edited meanwhile is built next time.
  const newest = newestSource()
  const vite = path.join(root, 'node_modules/electron-vite/bin/electron-vite.js')
  const result = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  })
  if (result.status !== 0) {
    process.stderr.write(`failed.\n${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}\n`)
    return false
  }
  // After Vite, which empties out/main before it writes.
  const wasm = path.join(root, 'electron/wasm/build.mjs')
  const { buildWasm } = await import(pathToFileURL(wasm).href)
  await buildWasm()
  writeFileSync(stamp, String(newest))
  say(`done in ${((performance.now() - started) / 1000).toFixed(1)} s.\n`)
  return true
}

function isFresh() {
  return existsSync(stamp) && Number(readFileSync(stamp, 'utf8')) >= newestSource()
}

function newestSource() {
  return Math.max(...sources.map(name => newestIn(path.join(root, name))))
}

/** Newest change in a file or below a folder; a folder's own time tells of files that were removed. */
function newestIn(place) {
  const facts = statSync(place, { throwIfNoEntry: false })
  if (!facts) return 0
  if (!facts.isDirectory()) return facts.mtimeMs
  return Math.max(facts.mtimeMs, ...readdirSync(place).map(name => newestIn(path.join(place, name))))
}

/** The lock holds the number of its process: one that was left by a process that is gone is taken away. */
async function takeLock() {
  mkdirSync(path.dirname(lock), { recursive: true })
  for (let waited = 0; ; waited += 100) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' })
      return () => rmSync(lock, { force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    if (!isHeld()) rmSync(lock, { force: true })
    else if (waited === 0) process.stderr.write('Another build is running; waiting for it.\n')
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}

function isHeld() {
  try {
    process.kill(Number.parseInt(readFileSync(lock, 'utf8'), 10), 0)
    return true
  } catch (error) {
    // EPERM: it lives and belongs to somebody else. No number yet: it was made this instant.
    return error.code === 'EPERM' || (existsSync(lock) && statSync(lock).size === 0)
  }
}

/** What lies in out/ is not what a build would leave there. */
export function forgetBuild() {
  rmSync(stamp, { force: true })
}
