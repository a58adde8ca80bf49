import './no-proto.ts'
import { setPriority } from 'node:os'
import { indexerWith } from './indexer-role.ts'
import { ownPort } from './own-port.ts'
import { PiecesAhead } from './pieces-ahead.ts'
import { serve } from './serve.ts'

// Behind the import, which is at 10.
try {
  setPriority(15)
} catch {
  // Some containers forbid it.
}
serve(
  indexerWith(storePath => new PiecesAhead(storePath)),
  ownPort(),
)
