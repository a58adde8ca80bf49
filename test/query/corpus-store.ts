import { readdirSync } from 'node:fs'
import path from 'node:path'
import { buildWasm, cached } from '../../electron/wasm/build.mjs'
import { runImport } from '../../electron/import/run-import.ts'
import { createSpanReader, readSpan } from '../../electron/import/reading.ts'
import { decodeClaims } from '../../electron/store/claims.ts'
import { listImports } from '../../electron/store/imports.ts'
import { openStore, type Store } from '../../electron/store/open.ts'
import { Recovery } from '../../electron/store/prompts/recovery.ts'
import { withPrompt } from '../../electron/store/prompts/with-prompt.ts'
import { readTree } from '../../electron/store/trace-tree.ts'
import { walkTraces } from '../../electron/store/walk.ts'
import type { Span, TraceRow } from '../../shared/domain/span.ts'
import { listTraceRows } from '../../electron/store/trace-list.ts'
import { checkout } from '../helpers/product.ts'

/** A span with what only the store knows of it, in memory. */
export interface OracleSpan {
  readonly id: number
  readonly span: Span
  readonly traceId: string
  readonly trace: number
  readonly depth: number
  /** 1 for a call counted once. */
  readonly counted: number
  /** The files of its records. */
  readonly files: readonly string[]
  /** The names of the imports that brought its records. */
  readonly imports: readonly string[]
  readonly parent: OracleSpan | undefined
  readonly children: OracleSpan[]
}

export interface OracleTrace {
  readonly row: TraceRow
  readonly spans: OracleSpan[]
}

/** All our own fixtures in one store file, and what else is named. */
export async function fixtureStore(file: string, more: readonly string[] = []): Promise<Store> {
  await buildWasm(cached)
  const store = openStore(file, { create: true })
  const folder = path.join(checkout, 'test/fixtures')
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
  const paths = names
    .filter(name => name.isFile() && name.name !== 'README.md')
    .map(name => path.join(name.parentPath, name.name))
  await runImport(
    store,
    [...paths.sort(), ...more].map(one => ({ path: one })),
  )
  // Some came twice and thrice, under one name.
  for (const again of [paths.slice(0, 30), paths.slice(0, 30), paths.slice(20, 40), [paths[10]!]]) {
    await runImport(
      store,
      again.map(one => ({ path: one })),
    )
  }
  return store
}

/** Recovers the prompts of its calls, to the end. */
export async function recoverPrompts(store: Store): Promise<void> {
  const recovery = new Recovery(store, readSpan)
  while ((await recovery.step()) === 'more');
}

/** Everything of a store as objects, read span by span and linked by the drawn tree. */
export function loadOracle(store: Store): Map<string, OracleTrace> {
  const reader = createSpanReader(store)
  const rows = new Map(
    listTraceRows(store, { sort: 'start', descending: true, offset: 0, limit: 1_000_000 }).rows.map(row => [
      row.traceId,
      row,
    ]),
  )
  const importsOf = importsByRecord(store)
  const traces = new Map<string, OracleTrace>()
  for (const { id: trace, key } of walkTraces(store)) {
    const tree = readTree(store, trace)!
    const spans: OracleSpan[] = []
    const above: OracleSpan[] = []
    for (const [i, id] of tree.id.entries()) {
      const depth = tree.depth[i]!
      const parent = depth === 0 ? undefined : above[depth - 1]
      const said = reader.read(id)
      if (!said) throw new Error(`span ${id} cannot be read`)
      const span = withPrompt(store, id, said)
      const files = reader.raw(id).map(record => record.file)
      const one: OracleSpan = {
        id,
        span,
        traceId: key,
        trace,
        depth,
        counted: tree.counted[i]!,
        files,
        imports: importsOf(id),
        parent,
        children: [],
      }
      parent?.children.push(one)
      above[depth] = one
      spans.push(one)
    }
    traces.set(key, { row: rows.get(key)!, spans })
  }
  return traces
}

function importsByRecord(store: Store): (span: number) => string[] {
  const taken = new Set<string>()
  const names = new Map(
    listImports(store)
      .toReversed()
      .map(({ id, files: [first, ...more] }) => {
        const name = more.length === 0 ? first! : `${first} +${more.length}`
        const own = taken.has(name) ? `${name} #${id}` : name
        taken.add(name)
        return [id, own] as const
      }),
  )
  const batches = store.statement<[], Batch>('SELECT import, first, n, claims FROM batch').all()
  const brought = batches.map(batch => ({
    ...batch,
    claimed: new Set(decodeClaims(batch.claims).map(one => one.record)),
  }))
  const extras = store.statement<[number], number>('SELECT id FROM extra WHERE span = ?').pluck()
  return span =>
    [span, ...extras.all(span)].flatMap(record =>
      brought
        .filter(({ first, n, claimed }) => claimed.has(record) || (record >= first && record < first + n))
        .map(batch => names.get(batch.import)!),
    )
}

interface Batch {
  readonly import: number
  readonly first: number
  readonly n: number
  readonly claims: Buffer
}
