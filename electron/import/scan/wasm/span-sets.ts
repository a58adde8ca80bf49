// The set of the names of a span's attributes: its number, and whether the host leaves such attributes out.

import { hashOther } from './hash'
import { MOST_NAMES, numberOfHash } from './names'
import { beBlind, isOdd, markOdd } from './tape'

/** Numbers of the names, while attributes are read. */
const MOST_IN_SET: u32 = 128
let set: usize = 0
let nInSet: u32 = 0
let isGathering = false
/**
 * Which sets the host leaves out, by number; and by the name that comes first, whether the set it began last was one. Of
 * such attributes no text is looked up: they are read as ever, and once more where the guess was wrong.
 */
let silent: usize = 0
let guesses: usize = 0
let mayGuess = false

/** Bytes that the sets need, all zero. */
export const SETS_SIZE: usize = ((<usize>MOST_IN_SET) << 2) + 2 * <usize>(MOST_NAMES + 1)

export function placeSets(at: usize): void {
  set = at
  silent = set + ((<usize>MOST_IN_SET) << 2)
  guesses = silent + MOST_NAMES + 1
}

/** Attributes whose names are this set are not read. */
export function silence(set: u32): void {
  store<u8>(silent + set, 1)
}

export function beginSet(guess: bool): void {
  nInSet = 0
  mayGuess = guess
  isGathering = true
}

export function endSet(): void {
  isGathering = mayGuess = false
}

/** Lists inside of attributes have names that are not of the set: whether there is a set to go on with later. */
export function pauseSet(): bool {
  const was = isGathering
  isGathering = false
  return was
}

export function resumeSet(): void {
  isGathering = true
}

/** One more name, by its number; 0 for none. */
export function gather(number: u32): void {
  if (nInSet == 0 && mayGuess) beBlind(load<u8>(guesses + number) != 0)
  if (number == 0 || nInSet == MOST_IN_SET) markOdd()
  else {
    store<u32>(set + ((<usize>nInSet) << 2), number)
    nInSet++
  }
}

/** The number of the names at hand; 0 where there are none, or something is odd about them. */
export function numberOfSet(): u32 {
  if (isOdd || nInSet == 0) return 0
  hashOther(set, nInSet << 2)
  return numberOfHash(true)
}

/** Whether the host leaves this set out: remembered for the next that begins with the same name. */
export function isSilent(number: u32): bool {
  const is = load<u8>(silent + number)
  if (nInSet > 0) store<u8>(guesses + load<u32>(set), is)
  return is != 0
}
