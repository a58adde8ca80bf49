import type { Output } from '../../../shared/contract/index.ts'
import { formatCount, formatPlural } from '../../../shared/format/numbers.ts'
import { replaysOfSides } from '../../../shared/prompts/replay-words.ts'
import { type Command, type ExitCode, usageError } from './command.ts'
import { existingStoreOf, storeOption, withInspector } from './inspect.ts'
import { paint, print } from './output.ts'
import { queryHelp, questionHere } from './query.ts'
import { waitForPrompts } from './recovered.ts'
import { safeJson, safeText } from './terminal.ts'
import { prepareAnswer } from './texts.ts'

type Compared = Output<'prompts.compare'>

export const compare: Command = {
  name: 'compare',
  summary: 'say whether the calls of a second query do better than those of a first',
  usage: 'spanwise compare -q A -q B [--store FILE] [--json]',
  help: [
    ...queryHelp,
    '--json        verdicts with intervals and tests, and what else differs',
    'Exit code: 0 where nothing is worse, 3 where something is, 4 where nothing can be told of either.',
  ],
  options: { ...storeOption, query: { type: 'string', short: 'q', multiple: true }, json: { type: 'boolean' } },
  run: (words): Promise<ExitCode> => {
    const [a, b, ...more] = words.texts('query').map(questionHere)
    if (!a || !b || more.length > 0 || words.positionals.length > 0)
      throw usageError('compare takes two queries: -q A -q B.')
    return withInspector<ExitCode>(existingStoreOf(words), async asker => {
      const complete = await waitForPrompts(asker)
      for (const where of [a, b]) await prepareAnswer(asker, where)
      const compared = await asker.ask('prompts.compare', { a: { where: a }, b: { where: b } })
      if (words.flag('json')) await print(`${safeJson({ a: a.query, b: b.query, ...compared, complete })}\n`)
      else await print(`${drawComparison(compared)}\n`)
      const outcomes = compared.verdicts.map(one => one.outcome)
      if (outcomes.includes('worse')) return 3
      return outcomes.every(one => one === 'not enough data') ? 4 : 0
    })
  },
}

const colours = {
  better: 'green',
  worse: 'red',
  changed: 'yellow',
  'no evidence': 'dim',
  'not enough data': 'dim',
} as const

/** A comparison in sentences. */
export function drawComparison({
  calls,
  replays,
  both,
  measures,
  verdicts,
  sentences,
  confounders,
  matched,
}: Compared): string {
  const list = (of: Pick<Compared, 'measures' | 'verdicts' | 'sentences'>): string[] =>
    of.measures.map(
      ({ label }, m) => `${paint(colours[of.verdicts[m]!.outcome], safeText(label))}: ${safeText(of.sentences[m]!)}`,
    )
  const onEqualInputs = (of: NonNullable<Compared['matched']>): string[] => {
    const head = `On ${formatPlural(of.pairs, 'input')} that both met`
    const isTold = of.verdicts.some(one => one.outcome !== 'not enough data')
    return isTold ? [`${head}:`, ...list(of)] : [`${head}: not enough data.`]
  }
  const share = (part: number) => `${Math.round(part * 100)} %`
  const others = confounders.map(({ label, values }) => {
    const shown = values
      .slice(0, 3)
      .map(({ value, a, b }) => `${(value ?? 'none').slice(0, 60)} ${share(a)} → ${share(b)}`)
    return `- ${safeText(`${label}: ${shown.join(', ').replaceAll(/\s+/g, ' ')}`)}`
  })
  const sent = replaysOfSides(replays, ['before', 'after'])
  return [
    `${formatCount(calls.a)} calls before, ${formatCount(calls.b)} after.${both > 0 ? ` ${formatPlural(both, 'call')} on both sides left out.` : ''}`,
    ...(sent === undefined ? [] : [sent]),
    ...list({ measures, verdicts, sentences }),
    ...(others.length > 0 ? ['', 'Something else differs, too, and may be the cause:', ...others] : []),
    ...(matched ? ['', ...onEqualInputs(matched)] : []),
  ].join('\n')
}
