// Rooms of memory whose sizes are powers of two. Those that were left are given again, larger ones in halves.

const LEAST: u32 = 16
/** Pages of 64 KB by which memory grows: V8 collects garbage after every time. */
const PAGES: usize = 256
/** Below lie what the compiler keeps and, for each size, the address of the first room that was left; it has the next one's. */
const FIRST: usize = 4096
const lists: usize = 2048

let top: usize = FIRST
/** Bytes of all rooms. */
export let used: u32 = 0

export function growTo(size: u32): u32 {
  return size <= LEAST ? LEAST : 1 << (32 - clz(size - 1))
}

export function roomFor(size: u32): usize {
  const room = growTo(size)
  for (let wider = room; wider != 0; wider <<= 1) {
    const list = lists + (ctz(wider) << 2)
    const left = load<u32>(list)
    if (left == 0) continue
    store<u32>(list, load<u32>(left))
    for (let half = wider >>> 1; half >= room; half >>>= 1) leaveRoom(left + half, half)
    return left
  }
  const at = top
  top += room
  // What works with vectors reads past the end.
  const missing = <isize>((top + 64 + 65_535) >>> 16) - <isize>memory.size()
  if (missing > 0 && memory.grow(<i32>max(<usize>missing, PAGES)) < 0) unreachable()
  used = <u32>(top - FIRST)
  return at
}

export function leaveRoom(at: usize, size: u32): void {
  const list = lists + (ctz(growTo(size)) << 2)
  store<u32>(at, load<u32>(list))
  store<u32>(list, <u32>at)
}

export function forgetRooms(): void {
  memory.fill(lists, 0, 32 << 2)
  top = FIRST
  used = 0
}
