// What a person may have meant who wrote a name that does not exist.

const longest = 200

/** The name that takes fewest changes of a character, where that is at most a third of it; capitals and marks between words are none. */
export function nearestName(wanted: string, names: readonly string[]): string | undefined {
  const target = plain(wanted)
  let best: { readonly name: string; readonly changes: number } | undefined
  for (const name of names) {
    const own = plain(name)
    // Of a path the end says most: who forgot where it stands is helped.
    const changes = Math.min(changesBetween(target, own), changesBetween(target, plain(lastOf(name))) + 1)
    if (changes > Math.max(1, Math.floor(target.length / 3))) continue
    if (!best || changes < best.changes) best = { name, changes }
  }
  return best?.name
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/[\s._-]+/g, '')
    .slice(0, longest)
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1)
}

/** Levenshtein's distance; two neighbours that changed places are one change. */
function changesBetween(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > Math.max(a.length, b.length) / 2) return Infinity
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1]
      let changes = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (isSame ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        changes = Math.min(changes, before[j - 2]! + 1)
      }
      next.push(changes)
    }
    before = row
    row = next
  }
  return row[b.length]!
}
