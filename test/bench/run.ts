// One run of the product or of the floor as a person would start it: a whole process, from start to exit.

import { closeSync, copyFileSync, openSync, readSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { indexPathOf } from '../../electron/store/text-index/schema.ts'
import { checkout, productCommand } from '../helpers/product.ts'
import { measure, type RunUse } from '../helpers/watch-processes.ts'

export interface Use {
  readonly seconds: number
  /** Of every process of the run. */
  readonly cpuSeconds: number
  /** Peak of the process that does it, where there is one; else of the run's largest. */
  readonly peakMb: number
}

/** JSON.parse of every line and nothing else. */
export async function parseFloor(dump: string): Promise<Use> {
  return costOf(await succeed(process.execPath, [path.join(checkout, 'test/bench/floor.ts'), dump]))
}

export async function importDump(dump: string, store: string): Promise<Use> {
  return costOf(await succeed(...productCommand(['import', dump, '--store', store, '--json'])))
}

/** An import with the window open, until a phrase of the dump's last text is found; its peak is the indexer's. */
export async function importWithTexts(dump: string, store: string): Promise<Use> {
  const use = await succeed(process.execPath, [path.join(checkout, 'test/bench/open-and-import.ts'), dump, store])
  const { foundSeconds } = JSON.parse(use.stdout) as { foundSeconds: number }
  return { ...costOf(use, 'indexer.js'), seconds: foundSeconds }
}

async function succeed(command: string, args: readonly string[]): Promise<RunUse> {
  const use = await measure(command, args)
  if (use.code !== 0) throw new Error(`${args.join(' ')} ended with ${use.code}.\n${use.stderr}`)
  return use
}

function costOf({ wallSeconds, processes }: RunUse, of = 'import.js'): Use {
  const doers = processes.filter(({ name }) => name === of)
  const counted = doers.length > 0 ? doers : processes
  return {
    seconds: wallSeconds,
    cpuSeconds: processes.reduce((sum, one) => sum + one.cpuSeconds, 0),
    peakMb: Math.max(0, ...counted.map(one => one.peakBytes)) / 1e6,
  }
}

/** Brings a file into the page cache, so that no run pays for the disk. */
export function readThrough(file: string): void {
  const buffer = Buffer.allocUnsafe(4 << 20)
  const open = openSync(file, 'r')
  while (readSync(open, buffer, 0, buffer.length, null) > 0);
  closeSync(open)
}

const filesOf = (store: string) => ['', '-wal', '-shm', '-journal'].map(suffix => store + suffix)

export function removeStore(store: string): void {
  for (const file of [...filesOf(store), ...filesOf(indexPathOf(store))]) rmSync(file, { force: true })
}

export function storeBytes(store: string): number {
  return filesOf(store).reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0)
}

export function copyStore(from: string, to: string): void {
  removeStore(to)
  copyFileSync(from, to)
}
