/**
 * Long runs of letters and digits that are bytes in disguise (base64, hexadecimal): nobody searches for a word in one, and
 * a single picture has as many words as a book. A search passes over them; who reads the span sees them.
 */
const shortest = 512

/** The text with each such run replaced by a space; the same text where there is none. */
export function withoutBlobs(text: string): string {
  return leaveOutBlobs(text).text
}

/** The same, and how many runs that were. */
export function leaveOutBlobs(text: string): { readonly text: string; readonly runs: number } {
  if (text.length < shortest) return { text, runs: 0 }
  let kept = ''
  let from = 0
  let runs = 0
  for (const [start, end] of blobsOf(text)) {
    kept += `${text.slice(from, start)} `
    from = end
    runs++
  }
  return { text: runs === 0 ? text : kept + text.slice(from), runs }
}

/** Looks at one character in 512: a run that is long enough holds one of those. */
function* blobsOf(text: string): Generator<readonly [start: number, end: number]> {
  let after = 0
  for (let at = shortest - 1; at < text.length;) {
    if (!isPart(text.charCodeAt(at))) {
      at += shortest
      continue
    }
    let start = at
    while (start > after && isPart(text.charCodeAt(start - 1))) start--
    let end = at + 1
    while (end < text.length && isPart(text.charCodeAt(end))) end++
    if (end - start >= shortest && looksRandom(text, start)) yield [start, (after = end)]
    at = Math.max(end, at) + shortest
    // What follows a run may begin right behind it.
    if (end + shortest - 1 < at) at = end + shortest - 1
  }
}

/** Letters and digits of base64, of its form for addresses, and the `=` at its end. */
function isPart(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 47 && code <= 57) ||
    code === 43 ||
    code === 45 ||
    code === 61 ||
    code === 95
  )
}

/** Many different characters, digits among them: no line of dashes, no word that somebody leaned on. */
function looksRandom(text: string, start: number): boolean {
  const seen = new Set(text.slice(start, start + shortest))
  return seen.size >= 14 && [...seen].some(char => char >= '0' && char <= '9')
}
