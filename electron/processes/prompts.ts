import './no-proto.ts'
import { setPriority } from 'node:os'
import { ownPort } from './own-port.ts'
import { prompter } from './prompts-role.ts'
import { serve } from './serve.ts'

// Behind the import, which is at 10; whether the index is built before it asks itself.
try {
  setPriority(15)
} catch {
  // Some containers forbid it.
}
serve(prompter, ownPort())
