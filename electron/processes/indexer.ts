import './no-proto.ts'
import { setPriority } from 'node:os'
import { indexer } from './indexer-role.ts'
import { ownPort } from './own-port.ts'
import { serve } from './serve.ts'

// Behind the import, which is at 10.
try {
  setPriority(15)
} catch {
  // Some containers forbid it.
}
serve(indexer, ownPort())
