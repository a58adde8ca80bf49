import type { DecimalText } from '../domain/units.ts'

// What price lists leave out: the same model costs more or less by how it is called. These factors are rules of ours, taken
// from the providers' own price pages, and every sum that used one says so. Where none is known the cost is unknown.

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
}

const usual = /^(?:|default|auto|standard|standard_only|on_demand|scale|normal|not_available|global)$/

/** The first that fits. */
const rules: readonly TermRule[] = [
  {
    says: 'tier',
    value: /^batch$/,
    providers: /^(?:openai|azure|anthropic|google|aws|mistral|groq|x-ai)$/,
    factor: '0.5',
  },
  { says: 'tier', value: /^flex$/, providers: /^(?:openai|google|aws)$/, factor: '0.5' },
  // Groq asks its usual price for flex.
  { says: 'tier', value: /^flex$/, providers: /^groq$/, factor: '1' },
  { says: 'tier', value: /^priority$/, providers: /^(?:openai|azure)$/, models: /^gpt-5(?![.-]?pro)/, factor: '2' },
  {
    says: 'tier',
    value: /^priority$/,
    providers: /^(?:openai|azure)$/,
    models: /^(?:gpt-4\.1|o3)(?:-20|$)/,
    factor: '1.75',
  },
  { says: 'tier', value: /^priority$/, providers: /^(?:openai|azure)$/, models: /^gpt-4o(?:-20|$)/, factor: '1.7' },
  { says: 'tier', value: /^priority$/, providers: /^aws$/, factor: '1.75' },
  { says: 'speed', value: /^fast$/, providers: /^anthropic$/, models: /^claude-opus-4-[67]/, factor: '6' },
  {
    says: 'geo',
    value: /^us$/,
    providers: /^anthropic$/,
    models: /^claude-(?:opus-4-[6-9]|sonnet-4-[6-9]|[a-z]+-5)/,
    factor: '1.1',
  },
]

export interface TermFactor {
  readonly says: keyof CallTerms
  readonly value: string
  readonly factor: DecimalText
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
      if (rule.factor !== '1') found.push({ says, value, factor: rule.factor })
      continue
    }
    // Where a call is worked on costs the same, unless a rule says otherwise.
    if (says !== 'geo') return undefined
  }
  return found
}
