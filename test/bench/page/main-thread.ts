import type { Browser, Page } from '@playwright/test'

/** What the browser's own trace says of one event; microseconds. */
interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  readonly ts: number
  readonly dur?: number
  /** On the thread's own clock: what else runs on the machine does not count. */
  readonly tdur?: number
  readonly args: { readonly name?: string; readonly data?: { readonly type?: string } }
}

/** Milliseconds of the page's main thread. */
export interface MainThread {
  /** Scripts, styles and layout from one input to the next. */
  readonly steps: readonly number[]
  /** The longest task, and all together, from the first input on. */
  readonly longest: number
  readonly busy: number
}

/** Does something with the page and says what its main thread had to do for each input of that type. */
export async function recordMainThread(
  browser: Browser,
  page: Page,
  input: 'wheel' | 'keydown',
  work: () => Promise<void>,
): Promise<MainThread> {
  await browser.startTracing(page, { categories: ['devtools.timeline', 'toplevel'] })
  try {
    await work()
  } finally {
    // What the last input caused is over.
    await page.waitForTimeout(300)
  }
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString('utf8')) as { traceEvents: TraceEvent[] }
  return readMainThread(traceEvents, input)
}

export function readMainThread(events: readonly TraceEvent[], input: string): MainThread {
  const isInput = ({ name, args }: TraceEvent) => name === 'EventDispatch' && args.data?.type === input
  const first = events.find(isInput)
  if (!first) throw new Error(`The page saw no ${input}.`)
  const isHere = ({ pid, tid }: TraceEvent) => pid === first.pid && tid === first.tid
  const own = events.filter(event => isHere(event) && event.ph === 'X')
  const inputs = own.filter(isInput).map(({ ts }) => ts)
  const tasks = own.filter(({ name }) => name === 'RunTask' || name === 'ThreadControllerImpl::RunTask')
  const work = outermost(own.filter(({ name }) => works.has(name)))
  const steps = inputs.map((from, i) => {
    const to = inputs[i + 1] ?? Infinity
    return work.filter(({ ts }) => ts >= from && ts < to).reduce((sum, one) => sum + costOf(one), 0)
  })
  const since = outermost(tasks.filter(({ ts }) => ts >= first.ts))
  return { steps, longest: Math.max(0, ...tasks.map(costOf)), busy: since.reduce((sum, one) => sum + costOf(one), 0) }
}

const works: ReadonlySet<string> = new Set([
  'EventDispatch',
  'FunctionCall',
  'EvaluateScript',
  'FireAnimationFrame',
  'TimerFire',
  'RunMicrotasks',
  'MinorGC',
  'MajorGC',
  'UpdateLayoutTree',
  'Layout',
])

/** What does not lie within another: a layout that a script asked for is part of the script. */
function outermost(events: readonly TraceEvent[]): TraceEvent[] {
  let end = -Infinity
  return events
    .toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))
    .filter(({ ts, dur = 0 }) => {
      if (ts < end) return false
      end = ts + dur
      return true
    })
}

function costOf({ tdur, dur = 0 }: TraceEvent): number {
  return (tdur ?? dur) / 1000
}
