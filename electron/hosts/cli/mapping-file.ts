import { readFileSync, statSync } from 'node:fs'
import { fieldMapping } from '../../../shared/contract/imports.ts'
import type { FieldMapping } from '../../../shared/domain/mapping.ts'
import { usageError } from './command.ts'
import { safeLine } from './terminal.ts'

const largest = 1 << 20

export const mappingExample = '{"fields": {"model": "request.model", "input": "question"}, "durationUnit": "ms"}'

/** What a person says the fields of unknown rows mean: `{"fields": {"model": "request.model"}, "durationUnit": "ms"}`. */
export function readMapping(file: string): FieldMapping {
  const parsed = fieldMapping.safeParse(readJson(file))
  if (parsed.success) return parsed.data as FieldMapping
  const [issue] = parsed.error.issues
  const place = issue && issue.path.length > 0 ? `${safeLine(issue.path.join('.'))}: ` : ''
  const why = `${place}${safeLine(issue?.message ?? 'not as expected')}`
  throw usageError(
    `${file} is no mapping: ${why}. It must look like ${mappingExample}; spanwise import --help names the fields.`,
  )
}

function readJson(file: string): unknown {
  try {
    const { size } = statSync(file)
    if (size > largest) throw usageError(`${file} is too large for a mapping.`)
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) throw usageError(`${file} is no mapping: it is not JSON.`)
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT') throw usageError(`${file}: There is no such file.`)
    throw code?.startsWith('cli/') ? error : usageError(`${file} cannot be read (${code ?? 'unknown'}).`)
  }
}
