import type { JsonObject } from '../../../shared/domain/json.ts'
import type { TraceFormat } from '../format.ts'
import { aiSdkDevtools } from './ai-sdk-devtools.ts'
import { atif } from './atif.ts'
import { attributeBag } from './attribute-bag.ts'
import { braintrust } from './braintrust.ts'
import { bundle } from './bundle.ts'
import { claudeCode } from './claude-code.ts'
import { codex } from './codex.ts'
import { conversations } from './conversations.ts'
import { copilotCli } from './copilot-cli.ts'
import { flat } from './flat.ts'
import { geminiCliRecording } from './gemini-cli-recording.ts'
import { genkit } from './genkit.ts'
import { helicone } from './helicone.ts'
import { inspect } from './inspect.ts'
import { jaeger } from './jaeger.ts'
import { jsSpans } from './js-spans.ts'
import { langfuse } from './langfuse.ts'
import { langsmith } from './langsmith.ts'
import { liteLlm } from './litellm.ts'
import { mapped } from './mapped.ts'
import { mastra } from './mastra.ts'
import { mlflow } from './mlflow.ts'
import { openaiAgents } from './openai-agents.ts'
import { openRouter } from './openrouter.ts'
import { otlpJson } from './otlp-json.ts'
import { otlpLogs } from './otlp-logs.ts'
import { phoenixRows } from './phoenix-rows.ts'
import { pi } from './pi.ts'
import { promptLayer } from './promptlayer.ts'
import { providerBatch } from './provider-batch.ts'
import { providerLog } from './provider-log.ts'
import { providerStream } from './provider-stream.ts'
import { qwenCode } from './qwen-code.ts'
import { har, nock } from './recordings.ts'
import { replay } from './replay.ts'
import { spanRows } from './span-rows.ts'
import { weave } from './weave.ts'
import { zipkin } from './zipkin.ts'

/** Asked in this order; the surest wins, the earlier one a tie. */
export const formats: readonly TraceFormat[] = [
  otlpJson,
  replay,
  langfuse,
  langsmith,
  mlflow,
  bundle,
  otlpLogs,
  jsSpans,
  phoenixRows,
  jaeger,
  zipkin,
  promptLayer,
  spanRows,
  claudeCode,
  qwenCode,
  pi,
  copilotCli,
  mastra,
  genkit,
  openaiAgents,
  weave,
  braintrust,
  aiSdkDevtools,
  codex,
  inspect,
  atif,
  liteLlm,
  helicone,
  openRouter,
  har,
  nock,
  geminiCliRecording,
  providerBatch,
  providerStream,
  providerLog,
  flat,
  conversations,
  attributeBag,
  mapped,
]

const byId = new Map(formats.map(format => [format.id, format]))

export function formatOf(id: string): TraceFormat | undefined {
  return byId.get(id)
}

export interface Detected {
  readonly format: TraceFormat
  readonly sure: 'certain' | 'likely'
}

const certain = new Map(formats.map(format => [format, { format, sure: 'certain' } as const]))
const likely = new Map(formats.map(format => [format, { format, sure: 'likely' } as const]))

/** The format of one record. */
export function detectFormat(record: JsonObject): Detected | undefined {
  let found: TraceFormat | undefined
  for (const format of formats) {
    const certainty = format.detect(record)
    if (certainty === 'certain') return certain.get(format)
    if (certainty === 'likely') found ??= format
  }
  return found && likely.get(found)
}
