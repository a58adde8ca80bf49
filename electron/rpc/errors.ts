import type { WireError } from '../../shared/contract/index.ts'
import { InspectorError } from '../../shared/domain/errors.ts'

/** What SQLite and the operating system say when a person can do something about it. */
const known: { readonly [code: string]: readonly [code: string, message: string] } = {
  SQLITE_FULL: ['store/disk-full', 'The disk is full: nothing more can be stored.'],
  SQLITE_IOERR_WRITE: ['store/disk-full', 'Writing the store failed; is the disk full?'],
  ENOSPC: ['store/disk-full', 'The disk is full: nothing more can be stored.'],
  SQLITE_READONLY: ['store/read-only', 'The store cannot be written: the file or its folder is read-only.'],
  SQLITE_READONLY_DIRECTORY: ['store/read-only', 'The store cannot be written: its folder is read-only.'],
  SQLITE_CANTOPEN: ['store/cannot-open', 'The store cannot be opened: missing, or in a folder that cannot be written.'],
  SQLITE_NOTADB: ['store/not-a-store', 'This file is not a Spanwise store.'],
  SQLITE_CORRUPT: [
    'store/damaged',
    'The store is damaged: some of its pages cannot be read. Keep a copy and import the dumps into another one.',
  ],
  SQLITE_BUSY: ['store/busy', 'The store is busy: another program is writing to it.'],
  ENOENT: ['file/missing', 'There is no such file.'],
  EACCES: ['file/no-access', 'This file or folder may not be read or written by you.'],
  EPERM: ['file/no-access', 'This file or folder may not be read or written by you.'],
  EISDIR: ['file/directory', 'This is a folder where a file was expected.'],
}

/**
 * A failure as it crosses the wire. Our own errors keep their sentence; of all others only what the table knows: their
 * messages may hold paths, SQL or text of a trace, and their stacks never leave the process.
 */
export function toWireError(error: unknown): WireError {
  if (error instanceof InspectorError) {
    const { code, message, details } = error
    return details === undefined ? { code, message } : { code, message, details }
  }
  const entry = known[codeOf(error)]
  if (entry) return { code: entry[0], message: entry[1] }
  return {
    code: 'internal',
    message: 'Something went wrong inside Spanwise; the terminal it was started from says more.',
  }
}

export function fromWireError(error: WireError): InspectorError {
  return new InspectorError(error.code, error.message, error.details)
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return ''
  return typeof error.code === 'string' && Object.hasOwn(known, error.code) ? error.code : ''
}
