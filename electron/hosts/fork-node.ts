import { fork } from 'node:child_process'
import type { Child, ProcessName } from '../processes/process.ts'
import { processFlags } from '../processes/flags.ts'
import { childEnv } from './child-env.ts'
import { processFile } from './places.ts'

/** Starts a process as a child of a plain Node host. Its output goes to our stderr: stdout may be a JSON document. */
export function forkNode(name: ProcessName, file: string = processFile(name)): Child {
  const child = fork(file, [], {
    serialization: 'advanced',
    execArgv: processFlags(name),
    stdio: ['ignore', 2, 2, 'ipc'],
    env: childEnv(),
  })
  const closers: (() => void)[] = []
  let gone = false
  const end = (): void => {
    if (gone) return
    gone = true
    for (const close of closers) close()
  }
  child.once('exit', end)
  child.once('error', end)
  return {
    port: {
      post: message => void child.send(message as object, undefined, {}, () => {}),
      listen: listener => void child.on('message', listener),
      onClose: listener => void closers.push(listener),
      close: () => {
        if (child.connected) child.disconnect()
      },
    },
    kill: () => void child.kill('SIGKILL'),
  }
}
