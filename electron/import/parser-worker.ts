import { Worker } from 'node:worker_threads'
import { findParser } from './scan/locate.ts'

/** Milliseconds that a parser waits for the next import: who has looked at a file imports it soon, or drops the next. */
const patience = 30_000

/** Waits for an import: it was started early, or has served one. */
let waiting: { readonly worker: Worker; readonly timer: NodeJS.Timeout | undefined } | undefined

/** Starts a parser's thread for an import that is sure to come: the thread loads its code while others do. */
export function startEarly(): void {
  wait(new Worker(findParser()), undefined)
}

/** A parser's thread: one that waits, or a new one. It waits for its `ParserStart`. */
export function takeParser(heap: number | undefined): Worker {
  const { worker, timer } = (heap === undefined && waiting) || { worker: undefined, timer: undefined }
  if (!worker) {
    return new Worker(findParser(), heap === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: heap } })
  }
  waiting = undefined
  clearTimeout(timer)
  worker.off('error', forget)
  worker.off('exit', forget)
  worker.ref()
  return worker
}

/** A parser that reads nothing any more, for the next import. */
export function giveBackParser(worker: Worker): void {
  if (waiting) void worker.terminate()
  else wait(worker, setTimeout(() => void worker.terminate(), patience).unref())
}

function wait(worker: Worker, timer: NodeJS.Timeout | undefined): void {
  waiting = { worker, timer }
  worker.on('error', forget)
  worker.on('exit', forget)
  // Nothing but a parser: the process may end without having used it.
  worker.unref()
}

/** It ended while nobody needed it: the next import starts another. */
function forget(): void {
  waiting = undefined
}
