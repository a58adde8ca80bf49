/** A folder with more files than this is more likely a mistake than a dump. The contract's limit as well. */
const mostFiles = 10_000

/**
 * The files in what was dropped. A browser gives folders as entries to walk; where the host knows paths, it walks
 * folders itself and `walk` is false.
 */
export async function droppedFiles(data: DataTransfer, walk: boolean): Promise<readonly File[]> {
  if (!walk) return [...data.files]
  // Entries must be taken before the first await: the list is emptied when the event ends.
  const entries = [...data.items].map(item => item.webkitGetAsEntry()).filter(entry => entry !== null)
  if (entries.length === 0) return [...data.files]
  const files: File[] = []
  for (const entry of entries) await collect(entry, files)
  return files
}

async function collect(entry: FileSystemEntry, files: File[]): Promise<void> {
  if (files.length >= mostFiles) return
  if (isFile(entry)) {
    files.push(await new Promise<File>((resolve, reject) => entry.file(resolve, reject)))
  } else if (isFolder(entry)) {
    const reader = entry.createReader()
    // One call gives at most a hundred entries; an empty answer is the end.
    for (;;) {
      const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
      if (some.length === 0) return
      for (const one of some) await collect(one, files)
    }
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}
