import { h1, h2 } from './hash'

/**
 * Names of spans and of their attributes keep their number as long as the scan lives; a text of number n is known as place
 * PLACES + n. 16 bytes a slot: 96 bits of a keyed hash, the number. Sets of names are numbered with them.
 */
const NAME_SLOTS: u32 = 1 << 17
export const MOST_NAMES: u32 = 98_304
let names: usize = 0
/** How many have a number. */
export let nNames: u32 = 0
/** Slots filled by the line at hand: the host may never hear of these. */
let added: usize = 0
let nAdded: u32 = 0

/** Bytes that the names need, all zero. */
export const NAMES_SIZE: usize = ((<usize>NAME_SLOTS) << 4) + ((<usize>MOST_NAMES) << 2)

export function placeNames(at: usize): void {
  names = at
  added = names + ((<usize>NAME_SLOTS) << 4)
}

/** What gets a number from here on is of one line. */
export function beginNames(): void {
  nAdded = 0
}

/** Forgets the names that came since then: the host has not heard of them. */
export function forgetNames(): void {
  // Backwards: of open addressing only what was put in last can be taken out.
  for (; nAdded > 0; nAdded--) memory.fill(<usize>load<u32>(added + ((<usize>(nAdded - 1)) << 2)), 0, 16)
}

/** The number of what was hashed last; 0 where it has none and `mayAdd` is false, or there is no room. */
export function numberOfHash(mayAdd: bool): u32 {
  let i: u32 = <u32>h1 & (NAME_SLOTS - 1)
  while (true) {
    const slot = names + ((<usize>i) << 4)
    const number = load<u32>(slot, 12)
    if (number == 0) {
      if (!mayAdd || nNames == MOST_NAMES) return 0
      store<u64>(slot, h1)
      store<u32>(slot, <u32>h2, 8)
      nNames++
      store<u32>(slot, nNames, 12)
      store<u32>(added + ((<usize>nAdded) << 2), <u32>slot)
      nAdded++
      return nNames
    }
    if (load<u64>(slot) == h1 && load<u32>(slot, 8) == <u32>h2) return number
    i = (i + 1) & (NAME_SLOTS - 1)
  }
}
