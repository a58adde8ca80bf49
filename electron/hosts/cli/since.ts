import type { Output } from '../../../shared/contract/index.ts'
import { formatDateTime } from '../../../shared/format/times.ts'
import { choiceWords, evidenceWords } from '../../../shared/prompts/last-good-words.ts'
import { type Command, type ExitCode, usageError } from './command.ts'
import { existingStoreOf, storeOption, withInspector } from './inspect.ts'
import { paint, print } from './output.ts'
import { waitForPrompts } from './recovered.ts'
import { findCall } from './replay.ts'
import { safeJson, safeLine, safeText } from './terminal.ts'

type LastGood = Output<'prompts.lastGood'>

export const since: Command = {
  name: 'since',
  summary: 'say what changed between a bad call and the last good one of its prompt, the likeliest cause first',
  usage: 'spanwise since <spanId> [--store FILE] [--json]',
  help: [
    '<spanId>      of the bad call; TRACE/SPAN where several traces have such a span; or a trace with one call',
    '--json        {"bad","good","among","passed","compared","causes":[{"part","words","patch","asGood","asBad"}],…}',
    'Exit code: 0 where the two are the same, 3 where something differs, 4 where no call before it is good.',
  ],
  options: { ...storeOption, json: { type: 'boolean' } },
  run: (words): Promise<ExitCode> => {
    const [written, ...more] = words.positionals
    if (written === undefined || more.length > 0) throw usageError('since takes one span id.')
    return withInspector<ExitCode>(existingStoreOf(words), async asker => {
      await waitForPrompts(asker)
      const span = await findCall(asker, written)
      const now = { now: Date.now(), zone: Intl.DateTimeFormat().resolvedOptions().timeZone }
      const found = await asker.ask('prompts.lastGood', { span, ...now })
      await print(words.flag('json') ? `${safeJson(jsonOf(found))}\n` : draw(found))
      return found.good === null ? 4 : found.causes.length === 0 ? 0 : 3
    })
  },
}

/** Rows of the store mean nothing outside it. */
function jsonOf({ bad, good, exact: _exact, searched: _searched, ...found }: LastGood) {
  const { id: _bad, ...badCall } = bad
  if (!good) return { bad: badCall, good, ...found }
  const { id: _good, ...goodCall } = good
  return { bad: badCall, good: goodCall, ...found }
}

function draw(found: LastGood): string {
  const { bad, good, causes, compared, same, unsaid } = found
  const place = ({ traceId, spanId, start, version }: LastGood['bad']) =>
    safeLine(
      [start === undefined ? 'undated' : formatDateTime(start), version ?? '', `${traceId}/${spanId}`]
        .filter(word => word !== '')
        .join('  '),
    )
  const head = [`bad   ${place(bad)}`, ...(good ? [`good  ${place(good)}`] : []), safeText(choiceWords(found))]
  const ranked = causes.map(
    (cause, n) =>
      `${n + 1}. ${paint('bold', cause.part)}: ${safeLine(cause.words)}\n   ${paint('dim', evidenceWords(cause, compared))}`,
  )
  const rest = [
    ...(good && causes.length === 0 ? ['Nothing differs, as far as the files say.'] : []),
    ...(same.length > 0 ? [`The same: ${same.join(', ')}.`] : []),
    ...(unsaid.length > 0 ? [`Said by only one of the two: ${unsaid.join(', ')}.`] : []),
  ]
  return `${[head.join('\n'), ...ranked, rest.join('\n')].filter(piece => piece !== '').join('\n\n')}\n`
}
