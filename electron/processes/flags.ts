import type { ProcessName } from './process.ts'

/** Megabytes of JavaScript heap. The import's cap is what a hostile file may cost; the rest is what a large trace needs. */
const heap: { readonly [name in ProcessName]: number } = {
  engine: 2048,
  import: 1024,
  reader: 512,
  indexer: 1024,
  prompts: 1024,
  net: 512,
}

/**
 * Megabytes a process may fill with new objects before it looks which are still used. Left to itself V8 goes to 32, which
 * the import's two threads triple and keep: a long session took 580 MB of memory where it now takes 340, in the same time.
 */
const youngHeap: { readonly [name in ProcessName]?: number } = { import: 8, indexer: 8, prompts: 8 }

/**
 * Megabytes of old objects before V8 first looks which are still used. Typed arrays are memory outside its heap, which counts
 * against this: left to itself it marked the 15 MB of the import's two heaps 33 times in 1 GB, a tenth of all CPU time, and
 * those of engine and reader at every tenth question to a million spans, each of which sets aside a megabyte or two: 95 of
 * 100 words were then answered in 18 ms, now in 6, for 100 MB more between the two.
 */
const oldHeap: { readonly [name in ProcessName]?: number } = { import: 64, engine: 128, reader: 64 }

/** Flags of V8: Node takes them as they are, Electron inside `--js-flags`. */
export function heapFlags(name: ProcessName): string[] {
  const [young, old] = [youngHeap[name], oldHeap[name]]
  return [
    `--max-old-space-size=${heap[name]}`,
    ...(young === undefined ? [] : [`--max-semi-space-size=${young}`]),
    ...(old === undefined ? [] : [`--initial-old-space-size=${old}`]),
  ]
}

/** Counts memory outside V8's heap with the heap rather than by a limit of its own. Fatal where Node does not know it. */
const external = process.versions.node.startsWith('24.') ? ['--external-memory-accounted-in-global-limit'] : []

/** The flags of a process that Node starts. */
export function processFlags(name: ProcessName): string[] {
  return [...heapFlags(name), '--disable-warning=ExperimentalWarning', ...(name === 'indexer' ? [] : external)]
}
