/** Characters of a piece: about four screens, laid out in a few milliseconds. */
const size = 8 * 1024

/** Where the pieces of a long text begin, and its end: after a line's end where there is one near, never inside a character. */
export function piecesOf(text: string): Uint32Array {
  const starts: number[] = [0]
  for (let at = 0; text.length - at > size + size;) {
    const line = text.indexOf('\n', at + size)
    let next = line >= 0 && line < at + 2 * size ? line + 1 : at + size
    const code = text.charCodeAt(next - 1)
    if (code >= 0xd800 && code < 0xdc00) next++
    starts.push(next)
    at = next
  }
  starts.push(text.length)
  return Uint32Array.from(starts)
}

/** The piece a place is in. */
export function pieceAt(starts: Uint32Array, place: number): number {
  let low = 0
  let high = starts.length - 2
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (starts[middle]! <= place) low = middle
    else high = middle - 1
  }
  return Math.max(0, low)
}

/** Found places are counted up to here. */
export const mostFound = 10_000

/** Where a text holds another one, upper and lower case alike. */
export function findAll(text: string, wanted: string): number[] {
  const places: number[] = []
  if (wanted === '') return places
  const lower = text.toLowerCase()
  // Some letters are longer in lower case: then places would not fit.
  const within = lower.length === text.length ? lower : text
  const needle = within === lower ? wanted.toLowerCase() : wanted
  for (
    let at = within.indexOf(needle);
    at >= 0 && places.length < mostFound;
    at = within.indexOf(needle, at + needle.length)
  )
    places.push(at)
  return places
}
