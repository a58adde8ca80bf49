import { scopes, type Scope } from './ast.ts'
import { fieldGroups, fields, type Field, type FieldGroup, type FieldType } from './fields.ts'
import { isWords, states, type State } from './words-of-is.ts'

// The language on one page: what `spanwise help query` prints and what the window shows beside the bar.

export interface HelpRow {
  /** As it is written. */
  readonly written: string
  readonly means: string
}

export interface HelpTable {
  readonly title: string
  readonly rows: readonly HelpRow[]
}

const groupTitles: { readonly [group in FieldGroup]: string } = {
  identity: 'Who and where',
  outcome: 'How it went',
  time: 'Time',
  model: 'Model',
  usage: 'Tokens and cost',
  content: 'Texts',
  prompt: 'Prompt',
  evaluation: 'Scores',
  shape: 'Shape of the trace',
  raw: 'What the file said',
}

const takes: { readonly [type in FieldType]: string } = {
  name: 'a name, * allowed',
  words: 'a word or "phrase" in it',
  kind: 'a kind',
  status: 'ok, error or unset',
  is: 'one of the words below',
  has: 'any field or @attribute',
  count: 'a number: >8k, 1..250',
  number: 'a number: <0.7',
  money: 'dollars: >0.05',
  duration: 'a length: >2s, 250ms',
  time: 'a time: 2026-01-05, >now-2h',
  any: 'a name or a number',
}

const writing: readonly HelpRow[] = [
  { written: 'refund', means: 'the word, in any text of the span; case, accents, widths and ligatures do not matter' },
  { written: '"rate limit"', means: 'these words one after another, whatever punctuation stands between them' },
  { written: '*1182*', means: 'these characters, inside words too; refun* is a beginning' },
  { written: '/refund(ed|s)?/i', means: 'a regular expression; i ignores case and is the only flag' },
  { written: 'a b', means: 'both in one span; a OR b either; -a or NOT a without; (…) groups' },
  { written: 'trace:(a) trace:(b)', means: 'a trace with both, each in any of its spans' },
  { written: 'field:value', means: 'also field:"a value", field:[one,another], field:/regex/' },
  { written: 'field:>5', means: 'also >= < <= =, and ranges with both ends: 1..5, 5.., ..5' },
]

const searched: readonly HelpRow[] = [
  { written: 'searched', means: 'names, messages, tool arguments and results, documents, errors' },
  {
    written: 'not searched',
    means: 'attribute values, ids, tool definitions: ask @name: for an attribute, a field like trace: for an id',
  },
]

const order: readonly HelpRow[] = [
  {
    written: 'relevance',
    means:
      'what says most about the texts: rare words before common ones, short texts before long ones, a text where it was said first before its repeats; then the newest',
  },
  { written: 'in the window', means: 'Best match first, or sort:-relevance; sort:-cost for any column' },
  { written: 'in a terminal', means: '--sort relevance, of spans and traces' },
]

const about: { readonly [scope in Scope]: string } = {
  trace: 'its whole trace: totals of cost, tokens, duration, spans; else some span of it',
  root: 'the root it stands under',
  parent: 'the span right above it',
  child: 'some span right below it',
  ancestor: 'some span above it',
  descendant: 'some span below it',
}

export const queryHelp: readonly HelpTable[] = [
  { title: 'Writing', rows: writing },
  { title: 'What free text looks in', rows: searched },
  { title: 'In which order', rows: order },
  ...fieldGroups.map(group => ({
    title: groupTitles[group],
    rows: fields.filter(field => field.group === group).map(rowOf),
  })),
  {
    title: 'is:',
    rows: isWords.map(word => ({
      written: `is:${word}`,
      means: word in states ? states[word as State] : `marked ${word.replaceAll('-', ' ')}`,
    })),
  },
  { title: 'Other spans', rows: scopes.map(scope => ({ written: `${scope}:(…)`, means: about[scope] })) },
]

function rowOf({ id, type, help, aliases = [], named }: Field): HelpRow {
  const written = id === '@' ? '@attribute:' : `${named ? `${id}.<name>` : id}:`
  const also = aliases.length === 0 ? '' : `; also ${aliases.join(', ')}`
  return { written, means: `${help} (${takes[type]})${also}` }
}

export const queryExamples: readonly string[] = [
  'kind:tool is:error ancestor:(kind:agent name:refund_worker)',
  'kind:generation model:gpt-4o* cost:>0.05',
  '"rate limit" -is:cached started:>now-24h',
  'prompt:support-triage prompt.version:[6,7] score.helpfulness:<0.5',
  'trace:(cost:>1 spans:>50) is:error',
]
