import type { ProcessName } from './process.ts'

/** Megabytes of JavaScript heap. The import's cap is what a hostile file may cost; the rest is what a large trace needs. */
const heap: { readonly [name in ProcessName]: number } = { engine: 2048, import: 1024, reader: 512 }

/** Flags of V8 and Node for a process. Without `__proto__` as an accessor, a name from a file cannot reach a prototype. */
export function processFlags(name: ProcessName): string[] {
  return ['--disable-proto=delete', `--max-old-space-size=${heap[name]}`, '--disable-warning=ExperimentalWarning']
}
