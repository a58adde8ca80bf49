// A process that recovers prompts until it is killed. Runs under plain Node, without Vite.
import { writeSync } from 'node:fs'
import { readSpan } from '../../../electron/import/reading.ts'
import { openStore } from '../../../electron/store/open.ts'
import { Recovery } from '../../../electron/store/prompts/recovery.ts'

const store = openStore(process.argv[2]!)
const recovery = new Recovery(store, readSpan)
while ((await recovery.step()) === 'more') writeSync(1, '.')
store.close()
