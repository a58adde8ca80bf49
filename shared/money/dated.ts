/** A price list has few days and hours, and asks for them at every call. */
const mostRemembered = 1000

function remembering(read: (text: string) => number | undefined): (text: string) => number | undefined {
  const known = new Map<string, number | undefined>()
  return text => {
    const found = known.get(text)
    if (found !== undefined) return found
    if (known.size >= mostRemembered) known.clear()
    const made = read(text)
    known.set(text, made)
    return made
  }
}

/** Microseconds of the day's beginning in UTC; undefined for what is no day: 2026-02-30. */
export const startOf = remembering(readDay)

function readDay(day: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined
  const ms = Date.parse(`${day}T00:00:00Z`)
  return Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(day) ? undefined : ms * 1000
}

const daySeconds = 86_400

/** `01:00:00Z` or with an offset, in seconds of the day in UTC. */
export const secondsOfDay = remembering(readClock)

function readClock(time: string): number | undefined {
  const found = /^(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:Z|([+-])(\d{2}):(\d{2}))$/.exec(time)
  if (!found) return undefined
  const [hours, minutes, seconds] = [Number(found[1]), Number(found[2]), Number(found[3])]
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined
  const away = (Number(found[5] ?? 0) * 60 + Number(found[6] ?? 0)) * 60 * (found[4] === '-' ? -1 : 1)
  return (hours * 3600 + minutes * 60 + seconds - away + daySeconds) % daySeconds
}

/** Whether a time (microseconds) lies in these hours of its day, which may pass midnight. */
export function inDailyWindow(time: number, from: string, to: string): boolean {
  const [start, end] = [secondsOfDay(from), secondsOfDay(to)]
  if (start === undefined || end === undefined) return false
  const at = (((time / 1e6) % daySeconds) + daySeconds) % daySeconds
  return end < start ? at >= start || at < end : at >= start && at < end
}
