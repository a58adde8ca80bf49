import './no-proto.ts'
import { setPriority } from 'node:os'
import { importer } from './import-role.ts'
import { ownPort } from './own-port.ts'
import { serve } from './serve.ts'

// Costs the import nothing measurable and keeps every question quick.
try {
  setPriority(10)
} catch {
  // Some containers forbid it.
}
serve(importer, ownPort())
