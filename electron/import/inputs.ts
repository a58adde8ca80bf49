import { readdirSync, statSync, type Dirent, type Stats } from 'node:fs'
import path from 'node:path'
import { InspectorError } from '../../shared/domain/errors.ts'

/** Something to import: a file or folder by its path, or, with `next`, bytes that somebody sends under that name. */
export interface ImportFile {
  readonly path: string
  /** How many bytes will be sent, where the sender knows. */
  readonly bytes?: number
  /** The next piece; undefined at the end. Rejects when the sender went away. */
  readonly next?: () => Promise<Uint8Array | undefined>
}

/** One file of an import, with its size where it is known. */
export interface SizedFile extends ImportFile {
  readonly size: number | undefined
}

const mostFiles = 10_000

/** Folders become their files, sorted; hidden ones and links to folders are left out. Whatever else stays as it is. */
export function expandInputs(inputs: readonly ImportFile[]): SizedFile[] {
  const files: SizedFile[] = []
  for (const input of inputs) {
    if (input.next) files.push({ ...input, size: input.bytes })
    else for (const path of filesAt(input.path)) files.push({ path, size: sizeOf(path) })
    if (files.length > mostFiles) {
      throw new InspectorError('import/too-many-files', `More than ${mostFiles.toLocaleString('en')} files.`)
    }
  }
  return files
}

function filesAt(place: string): string[] {
  if (!statOf(place)?.isDirectory() || !listFolder(place)) return [place]
  const found: string[] = []
  const folders = [place]
  for (let folder = folders.pop(); folder !== undefined && found.length <= mostFiles; folder = folders.pop()) {
    for (const entry of listFolder(folder) ?? []) {
      if (entry.name.startsWith('.')) continue
      const at = path.join(folder, entry.name)
      if (entry.isDirectory()) folders.push(at)
      else if (entry.isFile()) found.push(at)
    }
  }
  return found.sort()
}

function sizeOf(file: string): number {
  const stat = statOf(file)
  return stat?.isFile() ? stat.size : 0
}

/** Whatever cannot be looked at is told when it is opened. */
function statOf(place: string): Stats | undefined {
  try {
    return statSync(place, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}

function listFolder(folder: string): Dirent[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return undefined
  }
}
