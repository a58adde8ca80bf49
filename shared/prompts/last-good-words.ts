import type { Output } from '../contract/index.ts'
import { formatCount, formatPlural } from '../format/numbers.ts'
import { visibleLine } from '../format/visible-text.ts'

type LastGood = Output<'prompts.lastGood'>

/** How the good call was found, in sentences; or why there is none. */
export function choiceWords(found: LastGood): string {
  const passed = passedWords(found)
  if (!found.good) {
    const none = `None of the calls of ${amongWords(found)} that came before it is good`
    return passed === '' ? `No call of ${amongWords(found)} came before it.` : `${none}: ${passed}.`
  }
  const chosen = `The last good call of ${amongWords(found)} before it: ${reasonWords(found)}.`
  return passed === '' ? chosen : `${chosen} Passed over: ${passed}.`
}

/** What speaks for a cause, from the good calls that were read. */
export function evidenceWords({ asGood, asBad }: LastGood['causes'][number], compared: number): string {
  if (compared < 2) return 'only one good call to go by'
  const agreed =
    asGood === compared ? `all ${formatCount(compared)}` : `${formatCount(asGood)} of ${formatCount(compared)}`
  const had = asBad === 0 ? 'none had what this one has' : `${formatCount(asBad)} had what this one has`
  return asGood === 1 ? `differs from call to call; ${had}` : `${agreed} good calls agreed; ${had}`
}

function amongWords({ among: { by, name, calls } }: LastGood): string {
  const what = by === 'prompt' ? 'the prompt' : by === 'feature' ? 'the feature' : 'the spans called'
  return `${what} ${visibleLine(name, 80) || '(no name)'} (${formatPlural(calls, 'call')})`
}

function reasonWords({ good, successes, scores }: LastGood): string {
  const names = (all: readonly string[]) => all.map(name => visibleLine(name, 60)).join(', ')
  switch (good?.because) {
    case 'success':
      return `a success by ${names(successes)}, and without an error`
    case 'score':
      return `without an error, and with a good score (${names(scores)})`
    default:
      return 'without an error; nobody says more of it'
  }
}

const reasons = {
  failed: 'failed',
  refused: 'refused',
  unsuccessful: 'were no success',
  low: 'have a low score',
  unjudged: 'were not scored',
  undated: 'are undated',
} as const

function passedWords({ passed }: LastGood): string {
  return Object.entries(reasons)
    .flatMap(([reason, words]) => {
      const n = passed[reason as keyof typeof reasons]
      return n > 0 ? `${formatCount(n)} ${words}` : []
    })
    .join(', ')
}
