#!/usr/bin/env node
// The one entry of every npm script and of the package's bin. Plain JavaScript that any Node from 20 on can parse: it
// makes sure that the pinned Node runs, builds what changed, and hands on. Commands of its own are below; everything
// else (import, traces, show, serve, open, --help) goes to the command line untouched.
import { spawnSync } from 'node:child_process'
import { existsSync, writeSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ensureBuilt, forgetBuild, root } from './launch/build.mjs'
import { runPinned } from './launch/pinned-node.mjs'

const [command = 'help', ...rest] = process.argv.slice(2)

// better-sqlite3 needs Node-API 10; an older Node crashes on opening a database.
if (Number(process.versions.napi ?? 0) < 10) process.exit(await runPinned(fileURLToPath(import.meta.url)))

const own = { start, build, dev, test, bench }
if (Object.hasOwn(own, command)) process.exitCode = await own[command]()
else await hand(process.argv.slice(2))

/** Builds, then opens the app on the sample: in Electron when its binary is here or can be had, else in a browser. */
async function start() {
  if (!(await ensureBuilt())) return 1
  const { ensureElectron } = await import('./launch/electron-binary.mjs')
  ensureElectron(root)
  return runCommandLine(['start', ...rest])
}

async function build() {
  return (await ensureBuilt({ force: rest.includes('--force') })) ? 0 : 1
}

/** The page reloads as it is edited; the host restarts with the command. */
async function dev() {
  if (!(await ensureBuilt())) return 1
  // From here on Vite writes into out/ what suits it.
  forgetBuild()
  const { findElectron } = await import('./launch/electron-binary.mjs')
  const electron = findElectron(root)
  const env = electron
    ? process.env
    : { BROWSER: '', ...process.env, ELECTRON_EXEC_PATH: process.execPath, ELECTRON_ENTRY: 'out/main/browser.js' }
  if (!electron) console.log("Electron's binary is not here: the browser host serves the built page instead.")
  return run('node_modules/electron-vite/bin/electron-vite.js', ['dev', ...rest], env)
}

async function test() {
  const { runTests } = await import('./launch/tests.mjs')
  return runTests(rest)
}

async function bench() {
  if (!(await ensureBuilt())) return 1
  return run('test/bench/bench.ts', rest, process.env)
}

async function hand(words) {
  // A package holds no sources: what it holds is built.
  if (existsSync(path.join(root, 'electron.vite.config.ts')) && !(await ensureBuilt({ quiet: true }))) process.exit(1)
  process.exitCode = await runCommandLine(words)
}

async function runCommandLine(words) {
  const { main } = await import(pathToFileURL(path.join(root, 'out/main/cli.js')).href)
  return main(words)
}

function run(script, words, env) {
  const result = spawnSync(process.execPath, [script, ...words], { cwd: root, env, stdio: 'inherit' })
  if (result.error) writeSync(2, `${result.error.message}\n`)
  return result.status ?? 1
}
