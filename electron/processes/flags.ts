import type { ProcessName } from './process.ts'

/** Megabytes of JavaScript heap. The import's cap is what a hostile file may cost; the rest is what a large trace needs. */
const heap: { readonly [name in ProcessName]: number } = { engine: 2048, import: 1024, reader: 512 }

/** A flag of V8: Node takes it as it is, Electron inside `--js-flags`. */
export function heapFlag(name: ProcessName): string {
  return `--max-old-space-size=${heap[name]}`
}

/** The flags of a process that Node starts. */
export function processFlags(name: ProcessName): string[] {
  return [heapFlag(name), '--disable-warning=ExperimentalWarning']
}
