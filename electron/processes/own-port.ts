import type { Port } from '../rpc/channel.ts'

/** The part of Electron's `process.parentPort` that we use; this file must not name the electron package. */
interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
}

/**
 * The way to the host that started this process: a utilityProcess's parent port or a forked process's IPC. A process
 * does not outlive its host, and leaves signals to it: a terminal's Ctrl-C and a supervisor's SIGTERM reach the whole
 * group, but only the host knows the order in which to end.
 */
export function ownPort(): Port {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {})
  const parentPort = (process as { parentPort?: ParentPort }).parentPort
  if (parentPort) {
    return {
      // A port has no target origin: the rule means windows.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin
      post: message => parentPort.postMessage(message),
      listen: listener => parentPort.on('message', event => listener(event.data)),
      onClose: () => {},
      close: () => process.exit(0),
    }
  }
  if (!process.send) throw new Error('This file is a process of Spanwise: its host starts it.')
  const closers: (() => void)[] = []
  process.on('disconnect', () => {
    for (const close of closers) close()
    // Whatever a closer began (a commit) has this long.
    setTimeout(() => process.exit(0), 2000).unref()
  })
  return {
    // The callback swallows EPIPE: the host went away while we wrote, and `disconnect` follows.
    post: message => void process.send?.(message, undefined, {}, () => {}),
    listen: listener => void process.on('message', listener),
    onClose: listener => void closers.push(listener),
    close: () => process.disconnect(),
  }
}
