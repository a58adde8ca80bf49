import { loadavg } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'

const quietLoad = 1.2
const patience = 60_000

/** Waits, at most a minute, until the machine has little else to do; the load it then found. */
export async function quietMachine(): Promise<number> {
  const until = performance.now() + patience
  while ((loadavg()[0] ?? 0) > quietLoad && performance.now() < until) await sleep(2000)
  return loadavg()[0] ?? 0
}
