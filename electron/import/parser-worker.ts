import { Worker } from 'node:worker_threads'
import { findParser } from './scan/locate.ts'

/** Milliseconds that a parser waits for the next import: who has looked at a file imports it soon, or drops the next. */
const patience = 30_000

/** Waits for an import: it was started early, or has served one. */
let waiting: { readonly worker: Worker; readonly stopWaiting: () => void } | undefined

/** Starts a parser's thread for an import that is sure to come: the thread loads its code while others do. */
export function startEarly(): void {
  wait(new Worker(findParser()))
}

/** A parser's thread: one that waits, or a new one. It waits for its `ParserStart`. */
export function takeParser(heap: number | undefined): Worker {
  if (heap !== undefined) return new Worker(findParser(), { resourceLimits: { maxOldGenerationSizeMb: heap } })
  if (!waiting) return new Worker(findParser())
  const { worker, stopWaiting } = waiting
  stopWaiting()
  worker.ref()
  return worker
}

/** A parser that reads nothing any more, for the next import. */
export function giveBackParser(worker: Worker): void {
  if (waiting) void worker.terminate()
  else wait(worker, patience)
}

/** `most`: milliseconds after which it ends; undefined: as long as its process. */
function wait(worker: Worker, most?: number): void {
  const stopWaiting = (): void => {
    clearTimeout(timer)
    worker.off('error', stopWaiting)
    worker.off('exit', stopWaiting)
    if (waiting?.worker === worker) waiting = undefined
  }
  const timer =
    most === undefined
      ? undefined
      : setTimeout(() => {
          // Before it ends: an import that begins meanwhile must not be given it.
          stopWaiting()
          void worker.terminate()
        }, most).unref()
  waiting = { worker, stopWaiting }
  // It ended while nobody needed it: the next import starts another.
  worker.on('error', stopWaiting)
  worker.on('exit', stopWaiting)
  // Nothing but a parser: the process may end without having used it.
  worker.unref()
}
