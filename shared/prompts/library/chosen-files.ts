/** Of a folder, its paths relative to it. */
export interface ChosenFile {
  readonly path: string
  readonly text: string
}

/** A file that was not read yet. */
export interface FoundFile {
  readonly path: string
  /** Bytes. */
  readonly size: number
  readonly read: () => Promise<string>
}

/** Characters that are sent together; a question holds eight million. */
const atOnce = 4_000_000
const longest = 7_000_000
/** No character takes more in UTF-8. What is larger is not read at all: memory holds no such text. */
const bytesOfCharacter = 3
const tooLong = 'It is too long.'
const filesAtOnce = 10_000

export interface ChosenFiles {
  /** Each is sent by itself. */
  readonly parts: readonly (readonly ChosenFile[])[]
  /** They hold no version: what stands in such a folder besides. */
  readonly others: number
  /** Those that are too long, or that the disk does not give: they cost only themselves. */
  readonly unreadable: readonly { readonly path: string; readonly why: string }[]
}

/** Files of a folder as they are sent, by path: of two that say the same version the same one comes first everywhere. */
export async function chosenFiles(found: readonly FoundFile[]): Promise<ChosenFiles> {
  const unreadable: { path: string; why: string }[] = []
  let others = 0
  const parts: ChosenFile[][] = []
  let room = 0
  for (const { path, size, read } of found.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    if (size > longest * bytesOfCharacter) {
      unreadable.push({ path, why: tooLong })
      continue
    }
    const text = await read().catch(() => null)
    if (text === null)
      unreadable.push({ path, why: 'The disk does not give it: is it still there, and may you read it?' })
    else if (!/^\uFEFF?---\r?\n/.test(text)) others++
    else if (text.length > longest) unreadable.push({ path, why: tooLong })
    else {
      if (parts.length === 0 || room < text.length || parts.at(-1)!.length === filesAtOnce) {
        parts.push([])
        room = atOnce
      }
      parts.at(-1)!.push({ path, text })
      room -= text.length
    }
  }
  return { parts, others, unreadable }
}
