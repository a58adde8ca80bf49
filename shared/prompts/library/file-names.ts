// What files are called whose names were written by whoever wrote a dump.

/** Code points of a name: 240 bytes at most, and file systems take 255. */
const longest = 56
const forbidden = /[\\/:*?"<>|\p{Cc}\p{Cf}\p{Co}\p{Cs}\s]+/gu
/** Names of devices on Windows, with any ending. */
const reserved = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i

/**
 * A file name for each of these names, all different wherever case and forms of letters are the same. A name that is safe
 * and alone is its own; any other ends in a hash of what it stands for, so that a further name changes no file.
 */
export function fileNames(names: Iterable<string>): ReadonlyMap<string, string> {
  const distinct = [...new Set(names)]
  const plain = new Map(distinct.map(name => [name, safeName(name)]))
  const folds = new Map<string, number>()
  for (const name of plain.values()) folds.set(folded(name), (folds.get(folded(name)) ?? 0) + 1)
  const taken = new Set<string>()
  const found = new Map<string, string>()
  for (const isOwn of [true, false]) {
    for (const [name, safe] of plain) {
      if ((safe === name && folds.get(folded(safe)) === 1) !== isOwn) continue
      let file = isOwn ? safe : `${safe}-${hashOf(name)}`
      for (let n = 2; taken.has(folded(file)); n++) file = `${safe}-${hashOf(name)}-${n}`
      taken.add(folded(file))
      found.set(name, file)
    }
  }
  return found
}

function safeName(name: string): string {
  const replaced = name.toWellFormed().normalize('NFC').replaceAll(forbidden, '-')
  // Code points, not what a reader sees as one: cut in the middle of an emoji a name is still a name.
  const cut = Array.from(replaced.replace(/^[.-]+/, '')).slice(0, longest)
  const trimmed = cut.join('').replace(/[.-]+$/, '')
  return trimmed === '' ? 'unnamed' : reserved.test(trimmed) ? `_${trimmed}` : trimmed
}

/** The same where some file system takes two names for one. */
function folded(name: string): string {
  return name.normalize('NFKC').toLowerCase().normalize('NFC')
}

/** FNV-1a, 32 bits: it tells names apart, and two that share it are counted on. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}
