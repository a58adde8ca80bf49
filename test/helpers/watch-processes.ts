// What a process and its children used, read from /proc while they run.

import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { checkout } from './product.ts'

export interface ProcessUse {
  /** How the process names itself on its command line, e.g. `import.js`. */
  readonly name: string
  /** Kernel's own high-water mark (VmHWM) when last seen alive. */
  readonly peakBytes: number
  readonly cpuSeconds: number
}

export interface RunUse {
  readonly wallSeconds: number
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** Empty where there is no /proc. */
  readonly processes: readonly ProcessUse[]
}

/** A process's last use is seen at most this long before its end. */
const everyMs = 10

/** Runs a command to its end, or for `limit` milliseconds, and says what it and every process below it used. */
export async function measure(command: string, args: readonly string[], limit = 3_600_000): Promise<RunUse> {
  const seen = new Map<number, ProcessUse>()
  const started = performance.now()
  const child = spawn(command, args, {
    cwd: checkout,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: limit,
    killSignal: 'SIGKILL',
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const look = () => {
    for (const pid of family(child.pid)) {
      const use = readUse(pid)
      if (use !== undefined) seen.set(pid, use)
    }
  }
  const timer = setInterval(look, everyMs)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  clearInterval(timer)
  return { wallSeconds: (performance.now() - started) / 1000, code, stdout, stderr, processes: [...seen.values()] }
}

/** A process and everything below it, by process id. */
export function family(pid: number | undefined): readonly number[] {
  if (pid === undefined) return []
  const all = [pid]
  for (const one of all) {
    const children = read(`/proc/${one}/task/${one}/children`)?.trim()
    if (children) all.push(...children.split(' ').map(Number))
  }
  return all
}

/** The last part of the script a Node process runs: `import.js`. */
export function processName(pid: number): string | undefined {
  const words = read(`/proc/${pid}/cmdline`)?.split('\0')
  return (
    words
      ?.find(word => /\.[cm]?[jt]s$/.test(word))
      ?.split('/')
      .at(-1) ?? words?.[0]
  )
}

function readUse(pid: number): ProcessUse | undefined {
  const peak = /VmHWM:\s+(\d+) kB/.exec(read(`/proc/${pid}/status`) ?? '')?.[1]
  // The second field is the command in parentheses and may hold spaces: count from the last parenthesis.
  const fields = read(`/proc/${pid}/stat`)?.split(') ').at(-1)?.split(' ')
  const name = processName(pid)
  if (peak === undefined || fields === undefined || name === undefined) return undefined
  const ticks = Number(fields[11]) + Number(fields[12])
  return { name, peakBytes: Number(peak) * 1024, cpuSeconds: ticks / 100 }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
