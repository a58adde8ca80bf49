// Our own dumps, byte by byte: what a format, its conventions, the store and the command line make of them together.

import { test } from 'vitest'
import { checkFormat } from '../helpers/check-format.ts'

test.for([
  'otlp-genai/openai-contrib.jsonl',
  'otlp-genai/openai-contrib.jsonl.gz',
  'otlp-genai/protobuf-json-mapping.jsonl',
  'otlp-genai/message-events.json',
  'otlp-genai/array-of-requests.json',
  'openinference/agent-retriever-tools.jsonl',
  'openllmetry/two-workflows.jsonl',
  'mastra/agent.json',
  'langfuse/otlp-v5.json',
  'span-rows/python-console.json',
  'span-rows/wrapped-rows.json',
  'span-rows/logfire-query.json',
  'js-spans/concatenated-pretty.json',
  'phoenix/api.json',
  'phoenix/dataframe.jsonl',
  'jaeger/two-services.json',
  'zipkin/shared.json',
  'attribute-bag/named.json',
  'attribute-bag/bare.json',
  'langfuse/ingestion-v3.json',
  'langfuse/trace-download.json',
  'langfuse/rows.jsonl',
  'claude-code/session.jsonl',
  'claude-code/sub-agent.jsonl',
  'claude-code/stream.jsonl',
  'claude-code/web-session.json',
  'claude-code/sdk-recording.json',
  'flat/support-ticket.jsonl',
  'flat/dirty.jsonl',
  'malformed/broken-line.jsonl',
  'malformed/times.json',
  'malformed/parents.json',
  'malformed/hostile-text.json',
])('%s', async name => {
  await checkFormat(name)
})
