import { InspectorError } from '../../shared/domain/errors.ts'
import { toWireError } from '../rpc/errors.ts'
import { type Command, type ExitCode, readWords } from './cli/command.ts'
import { auditStore } from './cli/audit.ts'
import { connections } from './cli/connections.ts'
import { costs } from './cli/costs.ts'
import { latency } from './cli/latency.ts'
import { compare } from './cli/compare.ts'
import { count } from './cli/count.ts'
import { diff } from './cli/diff.ts'
import { egress } from './cli/egress.ts'
import { exportFile } from './cli/export.ts'
import { importFiles } from './cli/import.ts'
import { imports } from './cli/imports.ts'
import { indexTexts } from './cli/index-texts.ts'
import { open, start } from './cli/open.ts'
import { complain, lostOutput, print, toleratesClosedOutput } from './cli/output.ts'
import { helpOfQuery } from './cli/query.ts'
import { prices, reprice } from './cli/prices.ts'
import { prompt, prompts } from './cli/prompts.ts'
import { removeImport } from './cli/remove.ts'
import { replay } from './cli/replay.ts'
import { report } from './cli/report.ts'
import { rereadStore } from './cli/reread.ts'
import { scores } from './cli/scores.ts'
import { serve } from './cli/serve.ts'
import { show } from './cli/show.ts'
import { since } from './cli/since.ts'
import { spans } from './cli/spans.ts'
import { success } from './cli/success.ts'
import { star, tag } from './cli/tag.ts'
import { traces } from './cli/traces.ts'
import { views } from './cli/views.ts'
import { version } from './places.ts'

export const commands: readonly Command[] = [
  importFiles,
  imports,
  removeImport,
  traces,
  spans,
  count,
  costs,
  latency,
  prompts,
  prompt,
  diff,
  compare,
  since,
  success,
  report,
  prices,
  reprice,
  show,
  replay,
  connections,
  egress,
  auditStore,
  scores,
  tag,
  star,
  views,
  exportFile,
  indexTexts,
  rereadStore,
  open,
  serve,
]

/** Runs one command; whatever goes wrong is one line and exit code 1. */
export async function main(words: readonly string[]): Promise<ExitCode> {
  toleratesClosedOutput()
  const [name = '--help', ...rest] = words
  if (name === 'help' && rest.length > 0) return helpOn(rest[0]!)
  if (name === '--help' || name === '-h' || name === 'help') return (await print(helpOfAll()), 0)
  if (name === '--version') return (await print(`${version}\n`), 0)
  const command = [...commands, start].find(one => one.name === name)
  if (!command) return (complain(`there is no command ${name}; try spanwise --help`), 1)
  try {
    const read = readWords(command, rest)
    if (read.flag('help')) return (await print(helpOf(command)), 0)
    const exitCode = await command.run(read)
    const lost = lostOutput()
    if (lost === undefined) return exitCode
    complain(`the answer could not be written (${lost}).`)
    return 1
  } catch (error) {
    if (!(error instanceof InspectorError) && process.env['SPANWISE_DEBUG']) console.error(error)
    complain(toWireError(error).message)
    return 1
  }
}

/** `spanwise help query`, `spanwise help import`. */
async function helpOn(topic: string): Promise<ExitCode> {
  const command = [...commands, start].find(one => one.name === topic)
  if (topic !== 'query' && !command) return (complain(`there is no help on ${topic}; try spanwise --help`), 1)
  await print(command ? helpOf(command) : helpOfQuery())
  return 0
}

function helpOfAll(): string {
  const width = Math.max(...commands.map(command => command.name.length))
  const list = commands.map(command => `  ${command.name.padEnd(width)}  ${command.summary}`)
  return [
    'Spanwise: what happened in a trace of an LLM application. Nothing leaves your machine unless you send it.',
    '',
    ...list,
    '',
    'spanwise <command> --help says more, spanwise help query what a query can ask. Without --store the store is in your data folder.',
    '',
  ].join('\n')
}

function helpOf({ usage, summary, help }: Command): string {
  const store = '--store FILE  the store; without it, the one in your data folder'
  return [usage, '', summary, '', ...[store, ...help].map(line => `  ${line}`.trimEnd()), ''].join('\n')
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2))
