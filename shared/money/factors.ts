import type { DecimalText } from '../domain/units.ts'

// What price lists leave out: the same model costs more or less by how it is called. These factors are rules of ours: beside each
// stands the page that it was taken from, where there is one. Every sum that used one says so. Where none is known the cost is unknown.

/** How a call was made, as far as it changes the price. Absent is as usual. */
export interface CallTerms {
  /** `service_tier` as the provider answered, or asked where it did not answer; a call of a batch is `batch`. */
  readonly tier?: string
  /** Anthropic: `fast`. */
  readonly speed?: string
  /** Where the provider promised to work: Anthropic's `inference_geo`. */
  readonly geo?: string
}

interface TermRule {
  readonly says: keyof CallTerms
  readonly value: RegExp
  /** Ids of price lists; absent is any. */
  readonly providers?: RegExp
  /** Absent is any. */
  readonly models?: RegExp
  readonly factor: DecimalText
  /** The page that says so, as read in November 2026; absent: no page that we found gives the number. */
  readonly source?: string
}

const usual = /^(?:|default|auto|standard|standard_only|on_demand|scale|normal|not_available|global)$/

const batch = /^batch$/
const flex = /^flex$/
const priority = /^priority$/

/** The first that fits. xAI's batches cost 20 to 50 % less by model, Google's priority 75 to 100 % more: these stay unknown. */
const rules: readonly TermRule[] = [
  {
    says: 'tier',
    value: batch,
    providers: /^openai$/,
    factor: '0.5',
    source: 'https://developers.openai.com/api/docs/guides/batch',
  },
  {
    says: 'tier',
    value: batch,
    providers: /^azure$/,
    factor: '0.5',
    source: 'https://learn.microsoft.com/en-us/azure/ai-foundry/openai/how-to/batch',
  },
  {
    says: 'tier',
    value: batch,
    providers: /^anthropic$/,
    factor: '0.5',
    source: 'https://platform.claude.com/docs/en/about-claude/pricing',
  },
  {
    says: 'tier',
    value: /^(?:batch|flex)$/,
    providers: /^google$/,
    factor: '0.5',
    source: 'https://ai.google.dev/gemini-api/docs/optimization',
  },
  {
    says: 'tier',
    value: batch,
    providers: /^aws$/,
    factor: '0.5',
    source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/capacity-limits-cost-optimization.html',
  },
  { says: 'tier', value: batch, providers: /^groq$/, factor: '0.5', source: 'https://groq.com/pricing' },
  { says: 'tier', value: batch, providers: /^mistral$/, factor: '0.5' },
  {
    says: 'tier',
    value: flex,
    providers: /^openai$/,
    factor: '0.5',
    source: 'https://developers.openai.com/api/docs/guides/flex-processing',
  },
  // Bedrock's page speaks of a discount and of a premium, and gives the prices model by model.
  { says: 'tier', value: flex, providers: /^aws$/, factor: '0.5' },
  { says: 'tier', value: priority, providers: /^aws$/, factor: '1.75' },
  // Groq asks its usual price for flex.
  {
    says: 'tier',
    value: flex,
    providers: /^groq$/,
    factor: '1',
    source: 'https://console.groq.com/docs/flex-processing',
  },
  ...priorityOf(/^openai$/, 'https://openai.com/api-priority-processing/'),
  ...priorityOf(/^azure$/, undefined),
  {
    says: 'speed',
    value: /^fast$/,
    providers: /^anthropic$/,
    models: /^claude-opus-4-6/,
    factor: '6',
    source: 'https://platform.claude.com/docs/en/build-with-claude/fast-mode',
  },
  { says: 'speed', value: /^fast$/, providers: /^anthropic$/, models: /^claude-opus-4-7/, factor: '6' },
  {
    says: 'speed',
    value: /^fast$/,
    providers: /^anthropic$/,
    models: /^claude-opus-4-8/,
    factor: '2',
    source: 'https://openrouter.ai/anthropic/claude-opus-4.8-fast/providers',
  },
  {
    says: 'geo',
    value: /^us$/,
    providers: /^anthropic$/,
    models: /^claude-(?:opus-4-[6-9]|sonnet-4-[6-9]|[a-z]+-5)/,
    factor: '1.1',
    source: 'https://docs.aws.amazon.com/claude-platform/latest/userguide/data-residency.html',
  },
]

/** OpenAI's table of priority prices by the usual ones; its last two lines we have from elsewhere. */
function priorityOf(providers: RegExp, source: string | undefined): TermRule[] {
  const rule = (models: RegExp, factor: DecimalText, from = source): TermRule => ({
    says: 'tier',
    value: priority,
    providers,
    models,
    factor,
    ...(from === undefined ? {} : { source: from }),
  })
  return [
    rule(/^gpt-5\.5(?:-20|$)/, '2.5'),
    rule(/^gpt-5-mini/, '1.8'),
    rule(/^gpt-5(?:\.[124])?(?:-codex)?(?:-20|$)|^gpt-5\.4-mini/, '2'),
    rule(/^gpt-4\.1(?:-20|$)/, '1.75'),
    { says: 'tier', value: priority, providers, models: /^o3(?:-20|$)/, factor: '1.75' },
    { says: 'tier', value: priority, providers, models: /^gpt-4o(?:-20|$)/, factor: '1.7' },
  ]
}

export interface TermFactor {
  readonly says: keyof CallTerms
  readonly value: string
  readonly factor: DecimalText
  /** The page that says so; absent: a rule of ours that no page we know confirms. */
  readonly source?: string
}

/** What changes the price of a model that is called so. Undefined where something does, and nobody says by how much. */
export function factorsOf(terms: CallTerms, provider: string, model: string): readonly TermFactor[] | undefined {
  const found: TermFactor[] = []
  for (const says of ['tier', 'speed', 'geo'] as const) {
    const value = terms[says]?.trim().toLowerCase() ?? ''
    if (usual.test(value)) continue
    const rule = rules.find(
      one =>
        one.says === says &&
        one.value.test(value) &&
        (one.providers?.test(provider) ?? true) &&
        (one.models?.test(model) ?? true),
    )
    if (rule) {
      if (rule.factor !== '1') {
        found.push({ says, value, factor: rule.factor, ...(rule.source === undefined ? {} : { source: rule.source }) })
      }
      continue
    }
    // Where a call is worked on costs the same, unless a rule says otherwise.
    if (says !== 'geo') return undefined
  }
  return found
}
