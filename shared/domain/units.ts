// Units are types rather than suffixes, so that a number cannot be added to one of another unit by accident.

/** A point in time or a length of time in nanoseconds, exact. Never a float: 2^53 ns is only 104 days. */
export type Nanoseconds = bigint

/** Microseconds in a double: exact to the nanosecond for anything shorter than about a month (a span inside its trace). */
export type Microseconds = number

/** 10^-9 US dollars, integer. */
export type NanoDollars = number

/** A decimal number as text, with the digits its source gave: money in JSON is this. */
export type DecimalText = string

/** Integer nanoseconds as decimal text, with the exact digits of the source: time in JSON is this. */
export type NanosecondText = string

/** 2026-11-21T08:00:00.123456789Z split as the store keeps it: integer microseconds and the 0 to 999 ns that remain. */
export interface SplitTime {
  readonly us: number
  readonly ns: number
}

export function splitTime(time: Nanoseconds): SplitTime {
  const us = time / 1000n
  const ns = Number(time % 1000n)
  // Division goes towards zero, the remainder is never negative.
  return ns < 0 ? { us: Number(us) - 1, ns: ns + 1000 } : { us: Number(us), ns }
}

export function joinTime(us: number, ns: number): Nanoseconds {
  return BigInt(us) * 1000n + BigInt(ns)
}
