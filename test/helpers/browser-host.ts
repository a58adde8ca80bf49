import { spawn, type ChildProcess } from 'node:child_process'
import { productCommand } from './product.ts'
import { family, processName } from './watch-processes.ts'

/** A browser host of the built product. */
export interface Host {
  readonly address: string
  readonly authority: string
  kill(name: string): void
  stop(): Promise<void>
}

export async function startHost(args: readonly string[], dataFolder: string): Promise<Host> {
  // Settings and the list of stores are this test's own.
  const home = { XDG_DATA_HOME: dataFolder, APPDATA: dataFolder }
  const [command, all] = productCommand(args)
  const child = spawn(command, all, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, BROWSER: 'none', ...home },
  })
  const address = await printedAddress(child)
  return {
    address,
    authority: new URL(address).host,
    kill(name) {
      const victims = family(child.pid).filter(pid => processName(pid) === name)
      if (victims.length === 0) throw new Error(`The host runs no ${name}.`)
      for (const pid of victims) process.kill(pid, 'SIGKILL')
    },
    async stop() {
      if (child.exitCode !== null) return
      const ended = new Promise(resolve => child.once('exit', resolve))
      child.kill('SIGTERM')
      const stubborn = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await ended
      clearTimeout(stubborn)
    },
  }
}

/** The host prints where it listens, once it does. */
function printedAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const heard = (chunk: Buffer) => {
      said += chunk.toString('utf8')
      const address = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(said)?.[0]
      if (address !== undefined) resolve(address)
    }
    child.stdout?.on('data', heard)
    child.stderr?.on('data', heard)
    child.once('exit', code => reject(new Error(`The host ended with ${code} before it listened.\n${said}`)))
  })
}
