import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A folder of one's own: `using folder = temporaryFolder()` removes it at the end of the block. */
export interface TemporaryFolder extends Disposable {
  readonly path: string
  file(name: string): string
}

export function temporaryFolder(): TemporaryFolder {
  const folder = mkdtempSync(path.join(tmpdir(), 'spanwise-'))
  return {
    path: folder,
    file: name => path.join(folder, name),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  }
}
