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
    if (this.length === 'hour') return Math.floor(local / hour) * hour - ahead
    const days = this.dayOf(time)
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

/** How far a zone is ahead of UTC, asked of `Intl` once a week of time and once a second around a change. */
class ZoneClock {
  private readonly zone: string
  private readonly known = new Map<number, number>()
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
    const [first, last] = [this.asked(start), this.asked(start + stride)]
    if (first === last) return this.keep(start, start + stride, first)
    const change = this.changeIn(start, start + stride, last)
    return time < change ? this.keep(start, change, first) : this.keep(change, start + stride, last)
  }

  private keep(from: number, to: number, ahead: number): number {
    ;[this.from, this.to, this.ahead] = [from, to, ahead]
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
