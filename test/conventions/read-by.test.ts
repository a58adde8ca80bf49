// Whatever a span is said to be, it is told which attribute said so.

import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { fixture } from '../helpers/fixtures.ts'
import { readContent, spansOf } from '../import/helpers.ts'

/** What every span has, and what stands in its record under a name of its own. */
const ofRecord = new Set(
  'id parentId name startTime endTime durationNs attributes attributesLeftOut events links resource scope marks readBy'.split(
    ' ',
  ),
)

const folders = readdirSync(fixture('.')).filter(name => statSync(fixture(name)).isDirectory() && name !== 'stores')
const files = folders.flatMap(folder =>
  readdirSync(fixture(folder), { recursive: true, encoding: 'utf8' }).map(name => path.join(folder, name)),
)

test.for(files.filter(name => statSync(fixture(name)).isFile()))('%s', async name => {
  const bytes = readFileSync(fixture(name))
  const file = await readContent(name.endsWith('.gz') ? gunzipSync(bytes) : bytes)
  for (const span of spansOf(file)) {
    const untold = Object.keys(span).filter(field => !ofRecord.has(field) && span.readBy?.[field] === undefined)
    expect(untold, span.name).toEqual([])
  }
})
