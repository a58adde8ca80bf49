import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createSpanReader, readSpan, reread } from '../../../electron/import/reading.ts'
import { searchHandlers } from '../../../electron/rpc/search.ts'
import { openStore } from '../../../electron/store/open.ts'
import type { Store } from '../../../electron/store/open.ts'
import { Recovery } from '../../../electron/store/prompts/recovery.ts'
import { exportStore } from '../../../electron/export/export.ts'
import type { ExportFormat } from '../../../shared/contract/exports.ts'
import { removeImport } from '../../../electron/store/remove.ts'
import { importHere } from '../../helpers/import-here.ts'
import { seededRandom } from '../../helpers/random.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'
import { makeRenders, type Render } from '../../prompts/truth/renders.ts'
import { scoreSlots, scoreVersions } from '../../prompts/truth/score.ts'
import { valuesOf } from '../../../shared/prompts/template.ts'
import { recoveredVariables } from '../../../electron/store/prompts/variables.ts'
import { templateOfCall } from '../../../electron/store/prompts/templates.ts'

const hex = (n: number, length: number) => n.toString(16).padStart(length, '0')

function rowOf({ text, feature, at }: Pick<Render, 'text' | 'feature' | 'at'>, i: number): string {
  return JSON.stringify({
    trace_id: hex(i + 1, 32),
    span_id: hex(i + 1, 16),
    feature,
    name: 'answer',
    model_name: 'gpt-4o-mini',
    timestamp: new Date(at).toISOString(),
    messages: [
      { role: 'system', content: text },
      { role: 'user', content: `question ${i % 7}` },
    ],
    output: i % 3 === 0 ? '{"ok":true}' : "I'm sorry, but I can't help with that.",
    input_tokens: 5,
    output_tokens: 2,
  })
}

async function recover(store: Store): Promise<void> {
  const recovery = new Recovery(store, readSpan)
  let outcome = await recovery.step()
  while (outcome === 'more') outcome = await recovery.step()
  expect(outcome).toBe('done')
}

interface Row {
  readonly id: number
  readonly prompt: string | null
  readonly version: string | null
}

const rowsOf = (store: Store) =>
  store.db
    .prepare<[], Row>(
      `SELECT c.id, p.s AS prompt, v.s AS version FROM prompt_call c
       LEFT JOIN name p ON p.id = c.prompt LEFT JOIN name v ON v.id = c.version ORDER BY c.id`,
    )
    .all()

const renders = makeRenders(seededRandom(5), { templates: 3, versions: 3, renders: 120 })

test('versions and values of a dump that names none are those it was made from', { timeout: 60_000 }, async () => {
  using folder = temporaryFolder()
  const [file, path] = [folder.file('dump.jsonl'), folder.file('store')]
  writeFileSync(file, renders.map(rowOf).join('\n'))
  await importHere(path, file)
  const store = openStore(path)
  await recover(store)
  const rows = rowsOf(store)
  const found = rows.map((row, i) => {
    const values = valuesOf(templateOfCall(store, row.id)!, renders[i]!.text) ?? []
    return { version: `${row.prompt} ${row.version}`, slots: values }
  })
  expect(scoreVersions(renders, found).f1).toBeGreaterThan(0.98)
  expect(scoreSlots(renders, found).f1).toBeGreaterThan(0.95)

  // A value that was found is asked for by its name, as one that a file gives.
  const [call] = rows
  const { name, value } = recoveredVariables(
    createSpanReader(store).read(call!.id)!,
    templateOfCall(store, call!.id)!,
  )[0]!
  const { 'search.spans': search } = searchHandlers(store)
  const asked = async (query: string) => {
    const where = { query, now: 0, zone: 'UTC', scan: true }
    return (await search({ where, offset: 0, limit: 10_000 }, new AbortController().signal)).spans.map(({ id }) => id)
  }
  expect(await asked(`variable.${name}:"${value}"`)).toContain(call!.id)
  expect(await asked(`variable.${name}:"${value}!"`)).toEqual([])

  // An export says it under names of its own.
  const printed = (format: ExportFormat) =>
    [...exportStore(store, format, { traces: [1] })].map(({ text }) => text).join('')
  const { prompt, version } = call!
  const variables = expect.objectContaining({ [name]: value })
  const said = {
    recovered_prompt_name: prompt,
    recovered_prompt_version: version,
    recovered_prompt_variables: variables,
  }
  const [flat] = printed('flat').split('\n')
  expect(JSON.parse(flat!)).toMatchObject(said)
  expect(JSON.parse(flat!)).not.toHaveProperty('prompt_name')
  const [line] = printed('otlp').split('\n')
  const attributes = [
    ...line!.matchAll(/"key":"spanwise.recovered_prompt","value":\{"stringValue":("(?:[^"\\]|\\.)*")/g),
  ]
  expect(JSON.parse(JSON.parse(attributes[0]![1]!) as string)).toMatchObject({ name: prompt, version, variables })
  expect(printed('calls').split('\r\n')[1]).toContain(`,"${prompt}","${version}",`)

  // Taken out and brought again, everything is called as it was.
  removeImport(store, 1, { reread })
  expect(store.db.prepare('SELECT count(*) FROM prompt_template').pluck().get()).toBe(0)
  expect(store.db.prepare('SELECT count(*) FROM name').pluck().get()).toBe(0)
  store.close()
  await importHere(path, file)
  const again = openStore(path)
  await recover(again)
  const named = ({ prompt, version }: Row) => ({ prompt, version })
  expect(rowsOf(again).map(named)).toEqual(rows.map(named))
  again.close()
})

test('what comes later goes on with the same versions', { timeout: 60_000 }, async () => {
  using folder = temporaryFolder()
  const path = folder.file('store')
  const half = Math.floor(renders.length / 2)
  const parts = [renders.slice(0, half).map(rowOf), renders.slice(half).map((one, i) => rowOf(one, half + i))]
  const [first, second] = parts.map((lines, n) => {
    writeFileSync(folder.file(`${n}.jsonl`), lines.join('\n'))
    return folder.file(`${n}.jsonl`)
  })
  await importHere(path, first!)
  const store = openStore(path)
  await recover(store)
  const before = rowsOf(store)
  await importHere(path, second!)
  await recover(store)
  const after = rowsOf(store).slice(0, before.length)
  const kept = after.filter((row, i) => row.prompt === before[i]!.prompt && row.version === before[i]!.version)
  expect(kept.length / before.length).toBeGreaterThan(0.97)
  const found = rowsOf(store).map(row => ({ version: `${row.prompt} ${row.version}`, slots: [] }))
  expect(scoreVersions(renders, found).f1).toBeGreaterThan(0.98)
  store.close()
})

test.each([
  ['one text for each call', (i: number) => `note ${i * 7919} ${'x'.repeat(i % 13)}`],
  ['the same short text', () => 'Hi.'],
  ['nothing', () => ''],
  ['template syntax in values', (i: number) => `You help {{name}}.\nUser: {{ ${i} }} <b>{%\nBe kind to all of them.`],
  [
    'right to left',
    (i: number) => `أنت مساعد ودود ومفيد.\nالعميل: ${['ليلى', 'عمر', 'سارة'][i % 3]}\n回答は短くしてください。`,
  ],
  ['hostile names', (i: number) => `__proto__: constructor ${i}\n__proto__\nYou are a helper of all.`],
  [
    'a megabyte in a line',
    (i: number) => (i < 3 ? `You are a reader.\n${'lorem '.repeat(170_000)}${i}` : 'You are a reader.\nshort'),
  ],
])('%s: sensible, and nothing breaks', async (_, text) => {
  using folder = temporaryFolder()
  const [file, path] = [folder.file('dump.jsonl'), folder.file('store')]
  const rows = Array.from({ length: 60 }, (_, i) => rowOf({ text: text(i), feature: 'f', at: i * 60_000 + 1e12 }, i))
  writeFileSync(file, rows.join('\n'))
  await importHere(path, file)
  const store = openStore(path)
  await recover(store)
  expect(rowsOf(store)).toHaveLength(60)
  const versions = new Set(rowsOf(store).map(row => row.version))
  expect(versions.size).toBeLessThanOrEqual(2)
  store.close()
})

test('a recovery that is killed goes on, and comes to the same', { timeout: 60_000 }, async () => {
  using folder = temporaryFolder()
  const file = folder.file('dump.jsonl')
  writeFileSync(file, renders.map(rowOf).join('\n'))
  const whole = folder.file('whole')
  await importHere(whole, file)
  const store = openStore(whole)
  await recover(store)
  const expected = rowsOf(store)
  store.close()
  const random = seededRandom(3)
  for (let round = 0; round < 2; round++) {
    const path = folder.file(`killed-${round}`)
    await importHere(path, file)
    await killAfter(path, 1 + random.below(20))
    const left = openStore(path)
    expect(left.db.pragma('integrity_check', { simple: true })).toBe('ok')
    await recover(left)
    expect(rowsOf(left)).toEqual(expected)
    left.close()
  }
})

/** Starts a recovery in a process of its own and kills it after so many steps. */
function killAfter(store: string, steps: number): Promise<void> {
  const child = path.join(import.meta.dirname, 'killed-recovery.ts')
  const running = spawn(process.execPath, [child, store], { stdio: ['ignore', 'pipe', 'pipe'] })
  let seen = 0
  let problem = ''
  running.stderr.setEncoding('utf8').on('data', (text: string) => (problem += text))
  running.stdout.on('data', (dots: Buffer) => {
    seen += dots.length
    if (seen >= steps) running.kill('SIGKILL')
  })
  return new Promise((resolve, reject) => {
    running.once('close', code => (code !== null && code !== 0 ? reject(new Error(problem)) : resolve()))
  })
}
