// Where things lie in the memory that host and scan share. The host (../scanner.ts) hands out the places: it knows how
// long the longest line is. Every region ends in 128 bytes that may be read or written past its end.

/** References of the skeleton, 16 bytes each: first element, number of elements, separator, unused. */
export let refs: usize = 0
export let refCap: u32 = 0
export let nRefs: u32 = 0

/** Elements of references, 12 bytes each: offset in the input, length, raw id. */
export let elems: usize = 0
export let elemCap: u32 = 0
export let nElems: u32 = 0

/**
 * Objects at the level of a leaf, 16 bytes each: skeleton start and end, whether it is not as printed, and the decimal point
 * of a number that may not be (0 for none).
 */
export let leaves: usize = 0
export let leafCap: u32 = 0
export let nLeaves: u32 = 0
/** Leaves of the lines before. */
let firstLeaf: u32 = 0

/** Scanned lines, 32 bytes each: skeleton start and end, input start and end, flags, number, first leaf, leaves. */
export let lines: usize = 0
export let lineCap: u32 = 0
export let nLines: u32 = 0
/** Newlines passed by `scanLines`, those of empty lines included. */
export let newlines: u32 = 0

export let skel: usize = 0
export let skelCap: usize = 0
export let skelPos: usize = 0

/** Raw id -> body id of the store; 0 until somebody needed the text. */
export let bodyOf: usize = 0
/** Body id -> number of the batch that used it last. */
export let stamps: usize = 0
/** Ids of the bodies this batch used. */
export let used: usize = 0
export let nUsed: u32 = 0
export let batch: u32 = 1

/** Elements whose text has no body id yet: found by `keep`. */
export let missing: usize = 0
export let nMissing: u32 = 0

/** 256 bytes of random key, 256 bytes of fixed key, 512 bytes of working room, then the walker's stack. */
export let scratch: usize = 0

export function placeScratch(at: usize): void {
  scratch = at
}

export function placeRefs(at: usize, cap: u32): void {
  refs = at
  refCap = cap
}

export function placeElems(at: usize, cap: u32): void {
  elems = at
  elemCap = cap
}

export function placeLeaves(at: usize, cap: u32): void {
  leaves = at
  leafCap = cap
}

export function placeLines(at: usize, cap: u32): void {
  lines = at
  lineCap = cap
}

export function placeSkeleton(at: usize, cap: usize): void {
  skel = at
  skelCap = cap
  skelPos = at
}

export function placeBodyOf(at: usize): void {
  bodyOf = at
}

export function placeStamps(at: usize): void {
  stamps = at
}

export function placeUsed(at: usize): void {
  used = at
}

export function placeMissing(at: usize): void {
  missing = at
}

/** Forgets lines, references and elements: before a new piece of input. */
export function reset(): void {
  skelPos = skel
  nRefs = 0
  nElems = 0
  nLines = 0
  newlines = 0
  nLeaves = 0
  firstLeaf = 0
}

/** Goes back to an earlier state, after a record that was scanned on the side. */
export function rewind(lineCount: u32, refCount: u32, elemCount: u32, leafCount: u32, skeleton: usize): void {
  nLeaves = leafCount
  firstLeaf = leafCount
  nLines = lineCount
  nRefs = refCount
  nElems = elemCount
  skelPos = skeleton
}

export function nextBatch(): void {
  batch++
  nUsed = 0
}

export function addLine(skelStart: usize, inStart: usize, inEnd: usize, flags: u32, number: u32): void {
  const line = lines + (<usize>nLines << 5)
  store<u32>(line, <u32>skelStart)
  store<u32>(line, <u32>skelPos, 4)
  store<u32>(line, <u32>inStart, 8)
  store<u32>(line, <u32>inEnd, 12)
  store<u32>(line, flags, 16)
  store<u32>(line, number, 20)
  store<u32>(line, firstLeaf, 24)
  store<u32>(line, nLeaves - firstLeaf, 28)
  nLines++
}

export function addLeaf(start: usize, end: usize, odd: bool, doubt: usize = 0): void {
  const leaf = leaves + (<usize>nLeaves << 4)
  store<u32>(leaf, <u32>start)
  store<u32>(leaf, <u32>end, 4)
  store<u32>(leaf, <u32>odd, 8)
  store<u32>(leaf, <u32>doubt, 12)
  nLeaves++
}

/** The leaves so far belong to lines that were added, or to nothing. */
export function keepLeaves(): void {
  firstLeaf = nLeaves
}

/** Whether the line at hand has any. */
export function hasLeaves(): bool {
  return nLeaves != firstLeaf
}

export function passNewline(): void {
  newlines++
}

export function addRef(first: u32, count: u32, separator: u32): void {
  const ref = refs + ((<usize>nRefs) << 4)
  store<u32>(ref, first)
  store<u32>(ref, count, 4)
  store<u32>(ref, separator, 8)
  nRefs++
}

export function addElem(at: usize, length: u32): void {
  const elem = elems + <usize>nElems * 12
  store<u32>(elem, <u32>at)
  store<u32>(elem, length, 4)
  nElems++
}

export function dropElems(count: u32): void {
  nElems = count
}

/** Forgets what was found last, within a line. */
export function dropLast(refCount: u32, elemCount: u32, leafCount: u32, skeleton: usize): void {
  nRefs = refCount
  nElems = elemCount
  nLeaves = leafCount
  skelPos = skeleton
}

export function copyToSkeleton(from: usize, to: usize): void {
  memory.copy(skelPos, from, to - from)
  skelPos += to - from
}

export function moveSkeleton(to: usize): void {
  skelPos = to
}

export function addUsed(body: u32): void {
  const stamp = stamps + ((<usize>body) << 2)
  if (load<u32>(stamp) == batch) return
  store<u32>(stamp, batch)
  store<u32>(used + ((<usize>nUsed) << 2), body)
  nUsed++
}

export function clearMissing(): void {
  nMissing = 0
}

export function addMissing(elem: u32): void {
  store<u32>(missing + ((<usize>nMissing) << 2), elem)
  nMissing++
}
