// Our own dumps, byte by byte: what a format, its conventions, the store and the command line make of them together.

import { test } from 'vitest'
import { checkFormat } from '../helpers/check-format.ts'
import { fixtureNames } from '../helpers/fixtures.ts'

// Two at a time: most of it is waiting for processes to start.
test.concurrent.for(fixtureNames())('%s', async name => {
  await checkFormat(name)
})
