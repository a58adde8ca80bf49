import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { countDump, type Sums } from './count-dump.ts'
import { corpus, hasCorpus, readDump } from './read-dump.ts'

// Counts of real dumps against EXPECTED.json, which was counted by a reader that shares no code with the product.

type Expected = { readonly [figure in keyof Sums]?: readonly number[] }

/** Where we differ from EXPECTED.json on purpose. */
const argued: { readonly [path: string]: Expected } = {
  // EXPECTED accepts 4 calls beside the tokens of 2: each `call_llm` restates the `generate_content` below it.
  'otel-genai/google-adk-live.json': { calls: [2] },
}

const files = [
  'generated/openinference/traces.jsonl',
  'generated/otel-openai-contrib/traces.jsonl',
  'generated/otel-openai-contrib/single-request.json',
  'generated/openllmetry-0.14/traces.jsonl',
  'generated/openllmetry-0.27/traces.jsonl',
  'generated/mastra/otlp.json',
  'generated/vercel-ai-sdk/v5-traces.jsonl',
  'generated/vercel-ai-sdk/v7-traces.jsonl',
  'generated/vercel-ai-sdk/v7-legacy-traces.jsonl',
  'openinference/smol-deep-research-otlp-array.json',
  'openinference/tavily-quotient-agent-otlp-array.json',
  'openinference/openai-agents-openinference-live.json',
  'openinference/claude-agent-sdk-live.json',
  'openinference/llamaindex-sdk-spans.jsonl',
  'otel-genai/genai-convention-handmade.json',
  'otel-genai/google-adk-live.json',
  'otel-genai/autogen-live.json',
  'otel-genai/openai-agents-genai-live.json',
  'logfire/pydantic-ai-live.json',
  'otlp-json/proto-example-trace.json',
  'otlp-json/refinery-full-spec.json',
  'otlp-json/refinery-honeycomb.json',
  'otlp-jsonl/duckdb-traces-simple.jsonl',
  'otlp-jsonl/duckdb-traces-large-attrs.jsonl',
  'otlp-jsonl/otel-demo-traces-base64ids.jsonl',
  'otlp-jsonl/otel-tui-mixed-signals.jsonl',
  'flat-homemade/langwatch-handmade-otlp-zero-ids.json',
  'flat-seed/article-example.jsonl',
  'flat-seed/article-example-pretty.json',
  'flat-seed/workflow-24-traces.jsonl',
  'malformed/bad-times.json',
  'malformed/bom-crlf.jsonl',
  'malformed/deep-nesting.json',
  'malformed/duplicate-export.jsonl',
  'malformed/huge-blob-and-lone-surrogate.json',
  'malformed/json-encoded-strings.jsonl',
  'malformed/parent-cycles.json',
  'malformed/roots-missing-orphans.jsonl',
  'malformed/snake-case-keys.json',
]

if (!hasCorpus) console.warn(`skipped: no corpus at ${corpus} (set SPANWISE_CORPUS)`)

describe.skipIf(!hasCorpus)('corpus', () => {
  const expected = hasCorpus
    ? (JSON.parse(readFileSync(resolve(corpus, 'EXPECTED.json'), 'utf8')) as { files: { [path: string]: Expected } })
        .files
    : {}

  test.each(files)('%s', path => {
    const sums = countDump(readDump(path))
    const wanted: Expected = { ...expected[path], ...argued[path] }
    const wrong = Object.entries(sums).filter(
      ([figure, found]) => wanted[figure as keyof Sums]?.includes(found as number) === false,
    )
    expect(wrong).toEqual([])
  })
})
