import type { Input, Output } from '../../../shared/contract/index.ts'
import { configurationChanges, configurationFrom } from '../../../shared/diff/configuration.ts'
import { comparisonMarkdown } from '../../../shared/diff/markdown.ts'
import { unifiedPatch } from '../../../shared/diff/patch.ts'
import { pathWords } from '../../../shared/diff/path-words.ts'
import { replaysOfSides } from '../../../shared/prompts/replay-words.ts'
import { type Command, type ExitCode, usageError } from './command.ts'
import { drawComparison } from './compare.ts'
import { type Asker, existingStoreOf, storeOption, withInspector } from './inspect.ts'
import { paint, print } from './output.ts'
import { versionNamed } from './prompts.ts'
import { queryHelp, queryOption, questionOf } from './query.ts'
import { waitForPrompts } from './recovered.ts'
import { safeJson, safeText } from './terminal.ts'
import { prepareAnswer } from './texts.ts'

type Whole = Output<'prompts.version'>

export const diff: Command = {
  name: 'diff',
  summary: 'say what two versions of a prompt differ in, and with --metrics what that led to',
  usage: 'spanwise diff NAME V1 V2 [--metrics [-q QUERY]] [--store FILE] [--json | --markdown]',
  help: [
    '--metrics     whether the second is better, measure by measure',
    ...queryHelp,
    '              With it the measures are of the calls that match: -q -is:replayed',
    '--json        {"from","to","patch","changes","comparison"}',
    '--markdown    for a pull request',
    'Exit code: 0 where text, parameters, tools and model are the same, 3 where they differ.',
  ],
  options: {
    ...storeOption,
    ...queryOption,
    metrics: { type: 'boolean' },
    json: { type: 'boolean' },
    markdown: { type: 'boolean' },
  },
  run: (words): Promise<ExitCode> => {
    const [prompt, from, to, ...more] = words.positionals
    if (prompt === undefined || from === undefined || to === undefined || more.length > 0) {
      throw usageError('diff takes the name of a prompt and two of its versions.')
    }
    if (words.flag('json') && words.flag('markdown')) throw usageError('diff prints --json or --markdown, not both.')
    const where = questionOf(words)
    if (where && !words.flag('metrics')) throw usageError('-q belongs to --metrics: it says of which calls.')
    return withInspector<ExitCode>(existingStoreOf(words), async asker => {
      await prepareAnswer(asker, where)
      const complete = await waitForPrompts(asker)
      const [before, after] = [await readVersion(asker, prompt, from), await readVersion(asker, prompt, to)]
      const sides = { a: { prompt, version: before.version }, b: { prompt, version: after.version } }
      const compared = words.flag('metrics')
        ? await asker.ask('prompts.compare', { ...sides, ...(where && { where }) })
        : undefined
      const changes = changesOf(before, after)
      const patch = patchOf(before, after)
      if (words.flag('json')) {
        const answer = { name: prompt, from, to, patch: patch ?? null, changes, comparison: compared, complete }
        await print(`${safeJson(answer)}\n`)
      } else if (words.flag('markdown')) await print(safeText(markdownOf(before, after, compared)))
      else await print(drawDiff(before, after, compared))
      return patch === '' && changes.length === 0 ? 0 : 3
    })
  },
}

async function readVersion(asker: Asker, prompt: string, version: string): Promise<Whole> {
  const named = await versionNamed(asker, prompt, version)
  const asked: Input<'prompts.version'> = { prompt, version: named.version }
  return asker.ask('prompts.version', asked)
}

/** Undefined where the text of one is not known. */
function patchOf(before: Whole, after: Whole): string | undefined {
  if (before.template === undefined || after.template === undefined) return undefined
  const named = ({ name, version }: Whole) => `${name} ${version ?? ''}`.trim()
  return unifiedPatch({ before: named(before), after: named(after) }, before.template, after.template)
}

/** Of the configurations that most calls were made with. */
function changesOf(before: Whole, after: Whole) {
  const [a, b] = [before.configurations[0] ?? {}, after.configurations[0] ?? {}]
  return [...configurationChanges(configurationFrom(a), configurationFrom(b))]
}

function markdownOf(before: Whole, after: Whole, compared: Output<'prompts.compare'> | undefined): string {
  const [a, b] = [before.template, after.template]
  const told = ({ measures, sentences }: Output<'prompts.compare'>) =>
    measures.map(({ label }, m) => `${label}: ${sentences[m]}`)
  const sent = replaysOfSides(compared?.replays, ['before', 'after'])
  return comparisonMarkdown({
    title: before.name,
    from: before.version ?? '-',
    to: after.version ?? '-',
    texts: a === undefined || b === undefined ? [] : [{ title: 'Prompt', before: a, after: b }],
    parts: changesOf(before, after),
    ...(compared && { notes: [...(sent === undefined ? [] : [sent]), ...told(compared)] }),
  })
}

function drawDiff(before: Whole, after: Whole, compared: Output<'prompts.compare'> | undefined): string {
  const patch = patchOf(before, after)
  const lines = (patch ?? '').split('\n').map(line => {
    const colour = line.startsWith('+')
      ? 'green'
      : line.startsWith('-')
        ? 'red'
        : line.startsWith('@')
          ? 'cyan'
          : undefined
    return colour ? paint(colour, safeText(line)) : safeText(line)
  })
  const text =
    patch === undefined
      ? 'The text of one of them is not known.'
      : patch === ''
        ? 'The same text.'
        : lines.join('\n').trimEnd()
  const parts = changesOf(before, after).flatMap(({ part, changes, more }) => [
    `${part}: ${changes.map(({ kind, path }) => `${kind} ${pathWords(path)}`.trim()).join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
  ])
  const pieces = [text, ...parts.map(safeText), ...(compared ? [drawComparison(compared)] : [])]
  return `${pieces.join('\n\n').trimEnd()}\n`
}
