/**
 * A clock the capture moves by hand.
 *
 * A canned model answers in a millisecond, which no trace viewer should be judged by. The
 * fake server and the tools move this clock by the time the real thing would have taken,
 * and everything that asks the time in this process (OpenTelemetry, the SDKs) reads it. So
 * two weeks are captured in seconds, no time is shifted afterwards, and a second run of
 * the script writes the same times. Must be installed before any SDK is loaded.
 */
const realDate = Date

export function installClock(startIso) {
  const origin = realDate.parse(startIso)
  let elapsed = 0

  const clock = {
    now: () => origin + elapsed,
    advance(ms) {
      elapsed += Math.round(ms * 64) / 64
    },
    /** Jumps forward to a wall time; times never run backwards between traces. */
    goTo(iso) {
      const target = realDate.parse(iso) - origin
      if (target < elapsed) throw new Error(`The clock is already past ${iso}`)
      elapsed = target
    },
    /** Runs tasks one after the other, each as if all had started now. */
    async parallel(tasks) {
      const start = elapsed
      const results = []
      let latest = start
      for (const task of tasks) {
        elapsed = start
        results.push(await task())
        latest = Math.max(latest, elapsed)
      }
      elapsed = latest
      return results
    },
  }

  // Finer than Date.now really is, so that no child seems to outlive its parent. A 64th of a
  // millisecond is exact both as a floating point number and in nanoseconds.
  realDate.now = clock.now
  performance.now = () => elapsed
  return clock
}
