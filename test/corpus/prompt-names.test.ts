import { expect, test } from 'vitest'
import { readSpan } from '../../electron/import/reading.ts'
import { KeptReader } from '../../electron/store/kept.ts'
import { openStore } from '../../electron/store/open.ts'
import { promptText } from '../../electron/store/prompts/prompt-text.ts'
import { Recovery } from '../../electron/store/prompts/recovery.ts'
import type { Span } from '../../shared/domain/span.ts'
import { corpusFile, corpusIsMissing } from '../helpers/corpus-files.ts'
import { importHere } from '../helpers/import-here.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { scoreVersions } from '../prompts/truth/score.ts'

// Dumps that name the versions of their prompts, read as if they did not: what is found is held against the names.

/** Files of the corpus in which several calls name a version of a prompt. */
const files = [
  'flat-seed/workflow-24-traces.jsonl',
  'generated/langfuse/otlp-v5.json',
  'generated/openinference/traces.jsonl',
  'generated/openllmetry-0.14/traces.jsonl',
  'generated/openllmetry-0.27/traces.jsonl',
  'generated/openllmetry-0.27/collector-proto-len32be.bin',
  'generated/raw/openai-chat.jsonl',
  'generated/vercel-ai-sdk/v5-traces.jsonl',
  'langfuse/langfuse-3-ui-export.json',
]

interface Named {
  readonly id: number
  readonly name: string
  readonly found: string | null
}

const withoutName = ({ prompt: _prompt, ...span }: Span): Span => span

test.skipIf(corpusIsMissing)('versions that dumps name are found without the names', { timeout: 120_000 }, async () => {
  for (const file of files) {
    using folder = temporaryFolder()
    const path = folder.file('store')
    await importHere(path, corpusFile(file))
    const store = openStore(path)
    const recovery = new Recovery(store, records => {
      const span = readSpan(records)
      return span && withoutName(span)
    })
    while ((await recovery.step()) === 'more');
    const rows = store.db
      .prepare<[], Named>(
        `SELECT call.id, call.prompt || ' ' || call.prompt_version AS name, c.prompt || ' ' || c.version AS found
         FROM call LEFT JOIN prompt_call c ON c.id = call.id AND c.version > 0
         WHERE call.counted = 1 AND call.prompt_version > 0 ORDER BY call.id`,
      )
      .all()
    const kept = new KeptReader(store)
    const texts = rows.map(({ id }) => promptText(readSpan(kept.read(id))!)?.text)
    const truth = rows.map(row => ({ text: '', feature: '', at: 0, truth: { version: row.name, slots: [] } }))
    const scored = (versionOf: (i: number) => string) =>
      scoreVersions(
        truth,
        rows.map((_, i) => ({ version: versionOf(i), slots: [] })),
      ).f1
    const f1 = scored(i => rows[i]!.found ?? `${rows[i]!.id}`)
    // What comparing whole texts would tell: where versions were sent the same text, or none, nothing can.
    const byText = scored(i => texts[i] ?? `${rows[i]!.id}`)
    const versions = new Set(rows.map(row => row.name)).size
    const unequal = new Set(texts).size
    console.log(
      `${file}: ${rows.length} calls of ${versions} versions, ${unequal} texts: F1 ${f1.toFixed(3)}, by whole texts ${byText.toFixed(3)}`,
    )
    store.close()
    expect(rows.length, file).toBeGreaterThan(1)
    expect(f1, file).toBeGreaterThanOrEqual(byText)
  }
})
