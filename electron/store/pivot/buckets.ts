import type { BucketLength } from '../../../shared/query/cost-measures.ts'
import { aheadAt } from '../../../shared/query/zones.ts'

const second = 1e6
const hour = 3600 * second
const day = 24 * hour
/** 1970 began on a Thursday; weeks begin on Mondays. */
const toMonday = 3

/** By the clock of a zone: an hour that the clock shows twice is two. */
export class TimeBuckets {
  private readonly length: BucketLength
  private readonly zone: ZoneClock

  constructor(length: BucketLength, zone: string) {
    this.length = length
    this.zone = new ZoneClock(zone)
  }

  /** A number that calls of one bucket share and that ascends with time; NaN where there is no time. */
  of(time: number): number {
    if (Number.isNaN(time)) return Number.NaN
    const ahead = this.zone.aheadAt(time)
    const local = time + ahead
    if (this.length === 'hour') return this.zone.withinStretch(Math.floor(local / hour) * hour - ahead, ahead)
    const days = Math.floor(local / day)
    if (this.length === 'day') return days
    if (this.length === 'week') return days - ((((days + toMonday) % 7) + 7) % 7)
    const date = new Date(days * 86_400_000)
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / 86_400_000
  }

  /** When a bucket begins, in microseconds: its first moment by the clock, where midnight was skipped too. */
  begin(bucket: number): number {
    if (this.length === 'hour') return bucket
    const midnight = bucket * day
    const likely = midnight - this.zone.aheadAt(midnight - this.zone.aheadAt(midnight))
    if (this.dayOf(likely) === bucket && this.dayOf(likely - second) < bucket) return likely
    // No zone is further from UTC than that.
    let [low, high] = [midnight - 15 * hour, midnight + 13 * hour]
    while (high - low > second) {
      const middle = Math.floor((low + high) / 2 / second) * second
      if (this.dayOf(middle) < bucket) low = middle
      else high = middle
    }
    return high
  }

  /** The bucket after this one. */
  after(bucket: number): number {
    if (this.length === 'day') return bucket + 1
    if (this.length === 'week') return bucket + 7
    if (this.length === 'hour') return Math.max(this.of(bucket + hour), bucket + second)
    const date = new Date(bucket * 86_400_000)
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / 86_400_000
  }

  private dayOf(time: number): number {
    return Math.floor((time + this.zone.aheadAt(time)) / day)
  }

  /** When it began: `2026-11-03`; of an hour `2026-11-03T14+01:00`; of a month its first day. */
  label(bucket: number): string {
    if (this.length !== 'hour') return isoDay(bucket * 86_400_000)
    const ahead = this.zone.aheadAt(bucket)
    return `${isoDay((bucket + ahead) / 1000)}T${two(new Date((bucket + ahead) / 1000).getUTCHours())}${offsetText(ahead)}`
  }
}

const minute = 60 * second
/** From then on no clock of the world has changed within a minute, and none is seconds ahead. */
const wholeMinutes = Date.UTC(1973, 0) * 1000
/** In place of a minute: there is no time, or its minute does not tell what a clock shows. */
const [noTime, tooEarly] = [0, 1]

/** The minutes since 1970 of the times at these rows: all that stretches of time by any clock are told from. */
export function minutesAt(rows: Uint32Array, times: Float64Array): Uint32Array {
  const found = new Uint32Array(rows.length)
  for (let i = 0; i < found.length; i++) {
    const time = times[rows[i]!]!
    found[i] = time >= wholeMinutes ? Math.floor(time / minute) : time < wholeMinutes ? tooEarly : noTime
  }
  return found
}

const mostMinutes = 1 << 22

/** Codes of times, those of a minute asked for once: a million times of a month take a moment. */
export class Minutes {
  /** By the minute since `first`: one more than its code, 0 where nobody asked. */
  private codes = new Uint32Array(0)
  private first = 0

  /** The codes of times that began in these minutes. `timeOf`: a time that its minute does not tell. */
  codesOf(minutes: Uint32Array, ask: (time: number) => number, timeOf: (place: number) => number): Uint32Array {
    const found = new Uint32Array(minutes.length)
    for (let i = 0; i < found.length; i++) {
      const one = minutes[i]!
      const known = one > tooEarly ? this.codes[one - this.first]! : 0
      found[i] = known > 0 ? known - 1 : one === tooEarly ? ask(timeOf(i)) : this.asked(one, ask)
    }
    return found
  }

  private asked(one: number, ask: (time: number) => number): number {
    if (one === noTime) return ask(Number.NaN)
    const code = ask(one * minute)
    this.put(one, code + 1)
    return code
  }

  private put(at: number, code: number): void {
    if (this.codes.length === 0) this.first = at
    if (at < this.first || at >= this.first + this.codes.length) {
      const from = Math.min(this.first, at)
      const to = Math.max(this.first + this.codes.length, at + 1)
      // Of times that lie years apart few share a minute.
      if ((to - from) * 2 > mostMinutes) return
      const margin = (to - from) >> 1
      const wider = new Uint32Array(to - from + 2 * margin)
      wider.set(this.codes, this.first - from + margin)
      ;[this.codes, this.first] = [wider, from - margin]
    }
    this.codes[at - this.first] = code
  }
}

function isoDay(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/T.*/, '')
}

function offsetText(ahead: number): string {
  const minutes = Math.round(Math.abs(ahead) / (60 * second))
  return `${ahead < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

function two(n: number): string {
  return String(n).padStart(2, '0')
}

/** How long the clock is asked ahead at once: no zone changes it twice in so short a time. */
const stride = 7 * day

/** When the clock changes, if it does, and how far it is ahead before and after. */
interface Week {
  readonly change: number
  readonly before: number
  readonly after: number
}

/** How far a zone is ahead of UTC, asked of `Intl` once a week of time and once a second around a change. */
class ZoneClock {
  private readonly zone: string
  private readonly known = new Map<number, number>()
  private readonly weeks = new Map<number, Week>()
  private from = 0
  private to = 0
  private ahead = 0

  constructor(zone: string) {
    this.zone = zone
  }

  /** Microseconds, as is `time`. */
  aheadAt(time: number): number {
    if (time >= this.from && time < this.to) return this.ahead
    const start = Math.floor(time / stride) * stride
    let week = this.weeks.get(start)
    if (!week) this.weeks.set(start, (week = this.weekFrom(start)))
    return time < week.change
      ? this.keep(start, week.change, week.before)
      : this.keep(week.change, start + stride, week.after)
  }

  /** Of the stretch of time asked for last: a moment of it, or when it began, where that is later. Clocks change by half hours, too. */
  withinStretch(moment: number, ahead: number): number {
    const { from } = this
    return moment >= from || this.aheadAt(moment) === ahead ? moment : from
  }

  private weekFrom(start: number): Week {
    const [before, after] = [this.asked(start), this.asked(start + stride)]
    if (before === after) return { change: start + stride, before, after }
    return { change: this.changeIn(start, start + stride, after), before, after }
  }

  private keep(from: number, to: number, ahead: number): number {
    this.from = from
    this.to = to
    this.ahead = ahead
    return ahead
  }

  private asked(time: number): number {
    let ahead = this.known.get(time)
    if (ahead === undefined) this.known.set(time, (ahead = aheadAt(time / 1000, this.zone) * 1000))
    return ahead
  }

  private changeIn(from: number, to: number, after: number): number {
    let [low, high] = [from, to]
    while (high - low > second) {
      const middle = Math.floor((low + high) / 2 / second) * second
      if (this.asked(middle) === after) high = middle
      else low = middle
    }
    return high
  }
}
