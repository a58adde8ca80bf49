// The import process of a host that is about to import: its parser's thread starts before the process's own code is
// loaded. Only where a message that comes meanwhile waits: a Node process keeps it until somebody listens.

import './no-proto.ts'
import { startEarly } from '../import/parser-worker.ts'

startEarly()
await import('./import.ts')
