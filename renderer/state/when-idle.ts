/** Milliseconds after the start of a window in which only what it shows is loaded. */
const startTakes = 1500

/**
 * Runs once the window has shown its first page and has nothing to do: what a person will likely want next is loaded before they
 * want it. Where nobody tells of idle times, as in tests, it is loaded when it is wanted.
 */
export function whenIdle(run: () => unknown): void {
  if (typeof requestIdleCallback === 'undefined') return
  setTimeout(() => requestIdleCallback(() => void run()), startTakes)
}
