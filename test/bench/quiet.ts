import { loadavg } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { quietLoad } from './report.ts'

/** Waits, at most these seconds, until the machine has little else to do; the 1-minute load it then found. */
export async function quietMachine(patience: number): Promise<number> {
  const load = () => loadavg()[0] ?? 0
  for (const until = performance.now() + patience * 1000; load() >= quietLoad && performance.now() < until;) {
    await sleep(2000)
  }
  return load()
}
