/**
 * What asks for a stretch of time, as a person would write it: from `from` to before `to`, microseconds. A day, a minute or a
 * second as an end includes all of it, so the end written is the last one inside.
 */
export function timeClause(from: number, to: number): string {
  const unit = units.find(({ fits }) => fits(from) && fits(to)) ?? units.at(-1)!
  const last = unit.before(to)
  const [a, b] = [write(from, unit), write(last, unit)]
  return `started:${a}..${b}`
}

interface Unit {
  /** Whether one begins here. */
  readonly fits: (us: number) => boolean
  /** The beginning of the last one before. */
  readonly before: (us: number) => number
  readonly characters: number
}

const isWhole = (us: number, length: number): boolean => us % length === 0

const units: readonly Unit[] = [
  { fits: isMidnight, before: dayBefore, characters: 10 },
  { fits: us => isWhole(us, 60e6), before: us => us - 60e6, characters: 16 },
  { fits: us => isWhole(us, 1e6), before: us => us - 1e6, characters: 19 },
  { fits: us => isWhole(us, 1e3), before: us => us - 1e3, characters: 23 },
  { fits: () => true, before: us => Math.ceil(us) - 1, characters: 26 },
]

function isMidnight(us: number): boolean {
  const date = new Date(us / 1000)
  return isWhole(us, 1000) && date.getHours() + date.getMinutes() + date.getSeconds() + date.getMilliseconds() === 0
}

/** Days are not all of one length. */
function dayBefore(us: number): number {
  const date = new Date(us / 1000)
  date.setDate(date.getDate() - 1)
  return date.getTime() * 1000
}

function write(us: number, { characters }: Unit): string {
  const whole = Math.floor(us)
  const date = new Date(Math.floor(whole / 1000))
  const two = (n: number): string => String(n).padStart(2, '0')
  const year = String(date.getFullYear()).padStart(4, '0')
  const day = `${year}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
  const fraction = String(((whole % 1e6) + 1e6) % 1e6).padStart(6, '0')
  const local = `${day}T${time}`
  // An hour that comes twice, when clocks are put back, is written in UTC.
  if (new Date(local).getTime() === Math.floor(date.getTime() / 1000) * 1000 || characters === 10) {
    return `${local}.${fraction}`.slice(0, characters)
  }
  return `${`${date.toISOString().slice(0, 19)}.${fraction}`.slice(0, characters)}Z`
}
