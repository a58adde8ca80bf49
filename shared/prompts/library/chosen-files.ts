/** Of a folder, its paths relative to it. */
export interface ChosenFile {
  readonly path: string
  readonly text: string
}

/** Characters that are sent together; a question holds eight million. */
const atOnce = 4_000_000
const longest = 7_000_000
const filesAtOnce = 10_000

export interface ChosenFiles {
  /** Each is sent by itself. */
  readonly parts: readonly (readonly ChosenFile[])[]
  /** They hold no version: what stands in such a folder besides. */
  readonly others: number
  /** Paths of those that are too long. */
  readonly tooLong: readonly string[]
}

/** Files of a folder as they are sent. */
export function chosenFiles(all: readonly ChosenFile[]): ChosenFiles {
  const versions = all.filter(({ path, text }) => path.endsWith('.md') && /^\uFEFF?---\r?\n/.test(text))
  const tooLong = versions.filter(({ text }) => text.length > longest)
  const parts: ChosenFile[][] = []
  let room = 0
  for (const file of versions) {
    const { length } = file.text
    if (length > longest) continue
    if (parts.length === 0 || room < length || parts.at(-1)!.length === filesAtOnce) {
      parts.push([])
      room = atOnce
    }
    parts.at(-1)!.push(file)
    room -= length
  }
  return { parts, others: all.length - versions.length, tooLong: tooLong.map(({ path }) => path) }
}
