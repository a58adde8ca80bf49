// A person with the window open imports a dump and then asks for a phrase of its last text: one run, whole processes, from start
// to exit. node test/bench/open-and-import.ts DUMP STORE. Prints how long each took, in seconds.

import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import path from 'node:path'
import { forkNode } from '../../electron/hosts/fork-node.ts'
import { createInspector } from '../../electron/inspector.ts'
import { inspectorStore } from '../helpers/open-store.ts'
import { checkout } from '../helpers/product.ts'

const [dump = '', storePath = ''] = process.argv.slice(2)
const phrase = lastPhrase(dump)
const imported = Promise.withResolvers<void>()
const inspector = createInspector({
  fork: name => forkNode(name, path.join(checkout, 'out/main', `${name}.js`)),
  storePath,
  samplePath: undefined,
  host: { kind: 'memory', version: 'bench' },
  emit: name => {
    if (name === 'imports.ended') imported.resolve()
  },
})
await inspector.open()
await inspector.prepare()
await using store = inspectorStore(inspector)
const seconds = secondsSince()
await store.ask('imports.start', { paths: [dump] })
await imported.promise
const importSeconds = seconds()
await store.ask('index.wait', {})
const where = { query: `"${phrase}"`, now: 0, zone: 'UTC' }
const { spans, exact } = await store.ask('search.count', { where })
if (spans === 0 || !exact) throw new Error(`"${phrase}" is in ${spans} spans, ${exact ? 'for sure' : 'as yet'}.`)
console.log(JSON.stringify({ importSeconds, foundSeconds: seconds() }))

function secondsSince(): () => number {
  const began = performance.now()
  return () => (performance.now() - began) / 1000
}

/** Some words of the last text of a dump. */
function lastPhrase(file: string): string {
  const open = openSync(file, 'r')
  const { size } = fstatSync(open)
  const end = Buffer.alloc(Math.min(size, 1 << 20))
  readSync(open, end, 0, end.length, size - end.length)
  closeSync(open)
  const found = end
    .toString('latin1')
    .match(/"(?:content|response)\\*":\\*"[A-Za-z ]{20,}/g)
    ?.at(-1)
  return (
    found
      ?.match(/[A-Za-z]+/g)
      ?.slice(1, 6)
      .join(' ') ?? ''
  )
}
