import { Worker } from 'node:worker_threads'
import { findParser } from './scan/locate.ts'

let early: Worker | undefined

/** Starts a parser's thread for an import that is sure to come: the thread loads its code while others do. */
export function startEarly(): void {
  early = new Worker(findParser())
  // Nothing but a parser: the process may end without having used it.
  early.unref()
}

/** A parser's thread: the one that was started early, or a new one. It waits for its `ParserStart`. */
export function takeParser(heap: number | undefined): Worker {
  const worker = heap === undefined ? early : undefined
  if (!worker)
    return new Worker(findParser(), heap === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: heap } })
  early = undefined
  worker.ref()
  return worker
}
