import { globSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { claimed } from '../corpus/covered.ts'
import { corpusFile, corpusIsMissing } from '../helpers/corpus-files.ts'
import { checkout } from '../helpers/product.ts'
import { Reading, type ReadRecord } from '../import/helpers.ts'
import { writeZip } from '../helpers/write-zip.ts'

/** A file to damage. */
export interface Base {
  readonly name: string
  readonly bytes: Buffer
}

/** Larger files are cut to so much, at the end of a line where there are lines: ten thousand copies are read. */
const enough = 48_000

/** Files by the id of every format that reads something in them, and by every way of packing. */
export async function basesByFormat(): Promise<ReadonlyMap<string, readonly Base[]>> {
  const found = new Map<string, Base[]>()
  const reading = new Reading()
  for (const base of dumps()) {
    const { file, records } = await reading.read(base.bytes)
    if (records.length > 0) found.set('bundle', [...(found.get('bundle') ?? []), bundleOf(base.name, records)])
    const kinds = new Set([...Object.keys(file?.formats ?? {}), ...(file?.packed ?? [])])
    if (/\.(?:pb|bin)$/.test(base.name)) kinds.add(base.name.endsWith('.pb') ? 'protobuf' : 'frames')
    for (const kind of kinds) found.set(kind, [...(found.get(kind) ?? []), base])
  }
  return found
}

/** As `export` writes it, a line for each of the first hundred records. */
function bundleOf(name: string, records: readonly ReadRecord[]): Base {
  const lines = records.slice(0, 100).map(({ format, context, line, record }) => {
    const head = `{"spanwise":"bundle/1","format":"${format}","file":${JSON.stringify(name)}`
    return `${head},"context":${context},"places":[${line}],"records":[${record}]}\n`
  })
  return { name: `${name} as a bundle`, bytes: Buffer.from(lines.join('')) }
}

/** Of no known format, but it tells of calls. */
function unknownRow(_: unknown, i: number): object {
  return {
    requestId: `r-${i}`,
    createdAt: 1_780_000_000_000 + i,
    request: { model: 'gpt-4.1-mini', messages: [{ role: 'user', content: `Where is parcel ${i}?` }] },
    reply: { text: 'It was sent a week ago. '.repeat(10) },
    usage: { promptTokens: 12, completionTokens: 3 },
    elapsedSeconds: 1.25,
    costUSD: 0.0001,
  }
}

const recording = {
  scope: 'https://api.openai.com:443',
  method: 'POST',
  path: '/v1/chat/completions',
  body: { model: 'gpt-4.1-mini', messages: [{ role: 'user', content: 'Where is my parcel?' }] },
  status: 200,
  response: {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_780_000_000,
    model: 'gpt-4.1-mini',
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'On its way.' } }],
    usage: { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15 },
  },
  rawHeaders: ['Content-Type', 'application/json'],
}

function* dumps(): Generator<Base> {
  const folder = path.join(checkout, 'test/fixtures')
  const ours = globSync('*/**', { cwd: folder }).sort()
  for (const name of ours) yield* read(path.join(folder, name), name)
  if (corpusIsMissing === undefined) for (const name of claimed) yield* read(corpusFile(name), name)
  const some = [...read(path.join(folder, 'openinference/agent-retriever-tools.jsonl'), 'some')][0]!.bytes
  yield {
    name: 'rows',
    bytes: Buffer.from(
      Array.from({ length: 20 }, unknownRow)
        .map(row => JSON.stringify(row))
        .join('\n'),
    ),
  }
  yield { name: 'nock', bytes: Buffer.from(JSON.stringify([recording, recording])) }
  yield { name: 'made.gz', bytes: gzipSync(some) }
  yield { name: 'made.zst', bytes: zstdCompressSync(some) }
  yield { name: 'made.br', bytes: brotliCompressSync(some) }
  yield { name: 'made.zip', bytes: writeZip([{ name: 'a.jsonl', content: some }]) }
}

function* read(file: string, name: string): Generator<Base> {
  if (!statSync(file).isFile() || name.endsWith('.md')) return
  const whole = readFileSync(file)
  const isText = !whole.subarray(0, 1000).some(byte => byte < 9)
  if (whole.length <= enough || !isText) {
    if (whole.length < 300_000) yield { name, bytes: whole }
    return
  }
  const end = whole.lastIndexOf(10, enough)
  // A document of one line is only damaged whole.
  if (end > 0) yield { name, bytes: whole.subarray(0, end + 1) }
  else if (whole.length < 300_000) yield { name, bytes: whole }
}
