import type { Input } from '../../../shared/contract/index.ts'
import { auditGaps, type Audit, type AuditGap } from '../../../shared/domain/audit.ts'
import { formatCount, formatPlural } from '../../../shared/format/numbers.ts'
import { formatDateTime, formatDuration } from '../../../shared/format/times.ts'
import { type Command, type ExitCode, readNumber, usageError } from './command.ts'
import { findImport } from './find-import.ts'
import { existingStoreOf, storeOption, withInspector } from './inspect.ts'
import { paint, print, table } from './output.ts'
import { safeJson } from './terminal.ts'

export const auditStore: Command = {
  name: 'audit',
  summary: 'say what the logs lack: calls without text, tokens, user …, gaps, cut traces',
  usage: 'spanwise audit [--import N] [--store FILE] [--json]',
  help: ['--import N    only what this import brought', '--json        one JSON document with exact counts'],
  options: { ...storeOption, import: { type: 'string' }, json: { type: 'boolean' } },
  run: (words): Promise<ExitCode> => {
    if (words.positionals.length > 0) throw usageError('audit takes options only; try spanwise audit --help')
    const written = words.text('import')
    const of: Input<'store.audit'> = written === undefined ? {} : { import: readNumber(written, 'import', 1) }
    return withInspector<ExitCode>(existingStoreOf(words), async asker => {
      if (of.import !== undefined) await findImport(asker, of.import)
      const found = await asker.ask('store.audit', of)
      await print(words.flag('json') ? `${safeJson(found)}\n` : drawAudit(found))
      return 0
    })
  },
}

const words: { readonly [gap in AuditGap]: string } = {
  text: 'text',
  tokens: 'tokens',
  cost: 'cost',
  model: 'model',
  promptVersion: 'prompt version',
  session: 'session',
  user: 'user',
  release: 'release',
  environment: 'environment',
}

function share(count: number, of: number): string {
  if (of === 0 || count === 0) return ''
  return count === of ? 'all' : `${Math.max(1, Math.min(99, Math.round((count / of) * 100)))}%`
}

function drawAudit(found: Audit): string {
  const { traces, spans, calls, lacks, groups, groupCount, silences, silenceCount, incomplete } = found
  const head = [formatPlural(traces, 'trace'), formatPlural(spans, 'span'), formatPlural(calls, 'call')].join(' · ')
  const missing = auditGaps.filter(gap => lacks[gap] > 0)
  const parts = [`${paint('bold', head)}\n`]
  if (calls === 0) parts.push('There are no model calls here to audit.\n')
  else if (missing.length === 0) parts.push('Every call has what it should have.\n')
  else {
    parts.push(
      '\n',
      table(missing, [
        { title: 'CALLS WITHOUT', read: gap => words[gap] },
        { title: 'CALLS', read: gap => formatCount(lacks[gap]), right: true },
        { title: 'SHARE', read: gap => share(lacks[gap], calls), right: true },
      ]),
    )
    if (groupCount > 1) {
      parts.push(
        '\n',
        table(groups, [
          { title: 'ENVIRONMENT', read: group => group.environment ?? '-', most: 24 },
          { title: 'FEATURE', read: group => group.feature ?? '-', most: 32 },
          { title: 'CALLS', read: group => formatCount(group.calls), right: true },
          ...missing.map(gap => ({
            title: `NO ${words[gap].toUpperCase()}`,
            read: (group: Audit['groups'][number]) => share(group.lacks[gap], group.calls),
            right: true,
          })),
        ]),
      )
      if (groupCount > groups.length) parts.push(`and ${formatPlural(groupCount - groups.length, 'more group')}\n`)
    }
  }
  const cut = [
    [incomplete.missingParents, 'with spans whose parents are missing (sampled, or in another file)'],
    [incomplete.noRoot, 'without a root'],
    [incomplete.unfinished, 'with spans that never ended'],
    [incomplete.onlyFragments, 'known only from records about their spans'],
    [incomplete.undated, 'without any time'],
  ] as const
  const seen = cut.filter(([count]) => count > 0)
  if (seen.length > 0) parts.push('\n', ...seen.map(([count, what]) => `${formatPlural(count, 'trace')} ${what}\n`))
  if (silenceCount > 0) {
    parts.push(
      `\nNothing was logged in ${formatPlural(silenceCount, 'unusually long stretch', 'unusually long stretches')}:\n`,
    )
    for (const { from, until } of silences) {
      const [start, end] = [Number(from) / 1000, Number(until) / 1000]
      parts.push(`  ${formatDuration(end - start)} from ${formatDateTime(start)}\n`)
    }
  }
  return parts.join('')
}
