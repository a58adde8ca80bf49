import type { Input, Output } from '../../../shared/contract/index.ts'
import type { PromptVersionRow } from '../../../shared/contract/prompts.ts'
import { fileNames } from '../../../shared/prompts/library/file-names.ts'
import { printPromptFile, type PromptFacts } from '../../../shared/prompts/library/prompt-file.ts'
import type { Asked } from '../lists/asking.ts'
import { compare } from '../lists/order.ts'
import { hashText, libraryOf } from './library.ts'
import { listPrompts, versionsOf } from './registry.ts'
import { isComplete } from './state.ts'
import { wholeTemplate, type SpanReader } from './version.ts'

/** More prompts than that are no library. */
const mostPrompts = 1_000_000

interface Named {
  readonly prompt: string
  readonly row: PromptVersionRow & { readonly version: string }
  readonly path: string
}

/** Every version whose text is known as a file; by prompt, the first seen first. */
export function promptFiles(
  asked: Asked,
  { offset, limit }: Input<'prompts.files'>,
  reader: SpanReader,
): Output<'prompts.files'> {
  const { store } = asked.subject.table
  const { named, nameless } = asked.remember('prompt files', () => namedVersions(asked))
  const kept = new Map(libraryOf(store).map(one => [JSON.stringify([one.prompt, one.version]), one.facts]))
  const shown = named.slice(offset, offset + limit)
  const files = shown.flatMap(({ prompt, row, path }) => {
    const printed = wholeTemplate(asked, prompt, row.version, reader)
    if (!printed) return []
    const said = row.calls === 0 ? kept.get(JSON.stringify([prompt, row.version])) : undefined
    const slots = printed.slots.map(({ name, type }) => ({ name, type }))
    const facts = said ?? { ...factsOf(row), ...(slots.length > 0 ? { slots } : {}) }
    return {
      path,
      text: printPromptFile({ name: prompt, version: row.version, facts, template: printed.text }, hashText),
    }
  })
  return {
    total: named.length,
    without: shown.length - files.length + (offset === 0 ? nameless : 0),
    complete: isComplete(store),
    files,
  }
}

function namedVersions(asked: Asked): { named: Named[]; nameless: number } {
  const { prompts } = listPrompts(asked, { offset: 0, limit: mostPrompts })
  const folders = fileNames(prompts.map(one => one.name))
  const order = prompts.map(one => one.name).sort(compare)
  let nameless = 0
  const named = order.flatMap(prompt => {
    const rows = versionsOf(asked, { prompt }).versions
    const files = fileNames(rows.flatMap(({ version }) => version ?? []))
    return rows.flatMap((row): Named[] => {
      const { version } = row
      if (version === null) {
        nameless++
        return []
      }
      return [{ prompt, row: { ...row, version }, path: `${folders.get(prompt)}/${files.get(version)}.md` }]
    })
  })
  return { named, nameless }
}

function factsOf({ title, recovered, firstSeen, lastSeen, calls, models }: PromptVersionRow): PromptFacts {
  return {
    ...(title === undefined ? {} : { title }),
    ...(recovered ? { recovered } : {}),
    ...(firstSeen === undefined ? {} : { firstSeen: isoTime(firstSeen) }),
    ...(lastSeen === undefined ? {} : { lastSeen: isoTime(lastSeen) }),
    calls,
    ...(models.length > 0 ? { models: models.map(one => String(one.value)) } : {}),
  }
}

function isoTime(microseconds: number): string | undefined {
  const date = new Date(microseconds / 1000)
  // A year of more than four digits is no time that files tell.
  const text = Number.isNaN(date.getTime()) ? '' : date.toISOString()
  return text.length === 24 ? text : undefined
}
