// The built product as a black box: its command line, and nothing else of it.

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import type { ImportReceipt } from '../../shared/domain/receipt.ts'
import type { Span, TraceRow } from '../../shared/domain/span.ts'

export const checkout = fileURLToPath(new URL('../..', import.meta.url))
const builtCommand = path.join(checkout, 'out/main/cli.js')

export interface Answer {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  /** Written to standard input in these pieces, each on its own. */
  readonly input?: Iterable<Uint8Array>
  /** Milliseconds until the run counts as hung and is killed. */
  readonly timeout?: number
}

/** The command with its arguments, for those who watch or kill the process themselves. */
export function productCommand(args: readonly string[]): [command: string, args: string[]] {
  if (!existsSync(builtCommand)) throw new Error('Nothing is built: run `npm run build` first.')
  return [process.execPath, [builtCommand, ...args]]
}

export async function spanwise(args: readonly string[], options: RunOptions = {}): Promise<Answer> {
  const [command, all] = productCommand(args)
  const child = spawn(command, all, {
    stdio: ['pipe', 'pipe', 'pipe'],
    cwd: checkout,
    timeout: options.timeout ?? 60_000,
  })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => resolve(code))
  })
  const [stdout, stderr] = [readAll(child.stdout), readAll(child.stderr)]
  // A program that needs no more input closes it early; that is its right.
  child.stdin.on('error', () => {})
  for (const piece of options.input ?? []) {
    if (!child.stdin.write(piece)) await new Promise(resolve => child.stdin.once('drain', resolve))
  }
  child.stdin.end()
  return { code: await ended, stdout: await stdout, stderr: await stderr }
}

async function readAll(stream: Readable): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

/** `import … --json`. Throws what the program said when there is no receipt. */
export async function importInto(
  store: string,
  paths: readonly string[],
  options?: RunOptions,
): Promise<{ readonly code: number | null; readonly receipt: ImportReceipt }> {
  const { code, stdout, stderr } = await spanwise(['import', ...paths, '--store', store, '--json'], options)
  return { code, receipt: parsed(stdout, stderr) as ImportReceipt }
}

export async function listTraces(store: string): Promise<readonly TraceRow[]> {
  const { stdout, stderr } = await spanwise(['traces', '--store', store, '--limit', '100000', '--json'])
  return (parsed(stdout, stderr) as { traces: readonly TraceRow[] }).traces
}

export async function showTrace(store: string, traceId: string): Promise<{ traceId: string; spans: readonly Span[] }> {
  const { stdout, stderr } = await spanwise(['show', traceId, '--store', store, '--json'])
  return parsed(stdout, stderr) as { traceId: string; spans: readonly Span[] }
}

function parsed(stdout: string, stderr: string): unknown {
  try {
    return JSON.parse(stdout)
  } catch {
    throw new Error(`No JSON on standard output.\n${stdout.slice(0, 2000)}\n${stderr.slice(0, 4000)}`)
  }
}
