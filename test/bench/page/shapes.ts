// Stores that a page is measured on, made once.

import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { schemaVersion } from '../../../electron/store/schema.ts'
import { makeDump } from '../corpora.ts'
import { importDump } from '../run.ts'

/** One trace of 100,000 spans among 1,400 of agents, which are a dozen to a hundred spans each. */
export async function giantStore(folder: string): Promise<string> {
  return made(path.join(folder, `page-giant-${schemaVersion}.spanwise`), () => {
    const { file } = makeDump(folder, { kind: 'delta', mb: 330, giants: '100000' }, 5)
    return file
  })
}

export const wideTrace = 'a'.repeat(32)
export const deepTrace = 'b'.repeat(32)

/** A root with 100,000 children, and 10,000 levels. */
export async function shapeStore(folder: string): Promise<string> {
  return made(path.join(folder, `page-shapes-${schemaVersion}.spanwise`), () => {
    const file = path.join(folder, 'page-shapes.jsonl')
    const wide = Array.from({ length: 100_001 }, (_, i) =>
      i === 0 ? span(wideTrace, 0, undefined, 0, 1e7) : span(wideTrace, i, 0, i * 100, i * 100 + 90),
    )
    const deep = Array.from({ length: 10_000 }, (_, i) =>
      span(deepTrace, i, i === 0 ? undefined : i - 1, i * 10, 300_000 - i * 10),
    )
    const lines: string[] = []
    for (const spans of [wide, deep]) {
      for (let i = 0; i < spans.length; i += 500) {
        lines.push(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: spans.slice(i, i + 500) }] }] }))
      }
    }
    writeFileSync(file, `${lines.join('\n')}\n`)
    return file
  })
}

const begin = 1_795_190_687_000_000_000n

/** Microseconds. */
function span(traceId: string, i: number, parent: number | undefined, from: number, to: number): unknown {
  const id = (n: number) => (n + 1).toString(16).padStart(16, '0')
  return {
    traceId,
    spanId: id(i),
    ...(parent === undefined ? {} : { parentSpanId: id(parent) }),
    name: `step ${i % 50}`,
    startTimeUnixNano: String(begin + BigInt(from) * 1000n),
    endTimeUnixNano: String(begin + BigInt(to) * 1000n),
    attributes: [{ key: 'openinference.span.kind', value: { stringValue: i % 3 === 0 ? 'LLM' : 'TOOL' } }],
    status: i % 997 === 3 ? { code: 2, message: 'failed' } : {},
  }
}

/** A store that is made once, from a dump that is made for it. */
export async function made(store: string, dump: () => string): Promise<string> {
  if (existsSync(store)) return store
  process.stderr.write(`making ${path.basename(store)} …\n`)
  const file = dump()
  rmSync(`${store}.part`, { force: true })
  await importDump(file, `${store}.part`)
  rmSync(file)
  renameSync(`${store}.part`, store)
  return store
}
