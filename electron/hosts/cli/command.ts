import type { ParseArgsConfig } from 'node:util'
import { parseArgs } from 'node:util'
import { InspectorError } from '../../../shared/domain/errors.ts'

/** 0 all done, 2 some records could not be read, 1 nothing could be done; 3 and 4 are answers, and the command's help says which. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 130

type Options = NonNullable<ParseArgsConfig['options']>

export interface Command {
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
  readonly usage: string
  readonly help: readonly string[]
  readonly options: Options
  run(words: Words): Promise<ExitCode>
}

/** What followed a command's name, already told apart. */
export interface Words {
  readonly positionals: readonly string[]
  text(option: string): string | undefined
  /** Of an option that may be given several times. */
  texts(option: string): readonly string[]
  flag(option: string): boolean
}

export function readWords(command: Command, words: readonly string[]): Words {
  const parsed = parseStrictly(command, words)
  return {
    positionals: parsed.positionals,
    text: option => {
      const value = parsed.values[option]
      return typeof value === 'string' ? value : undefined
    },
    texts: option => {
      const value = parsed.values[option]
      return Array.isArray(value) ? value.filter(one => typeof one === 'string') : []
    },
    flag: option => parsed.values[option] === true,
  }
}

export function usageError(message: string): InspectorError {
  return new InspectorError('cli/usage', message)
}

/** A whole number of at least 1. */
export function readNumber(written: string | undefined, option: string, otherwise: number): number {
  if (written === undefined) return otherwise
  const value = Number(written)
  if (!Number.isInteger(value) || value < 1) throw usageError(`--${option} takes a whole number from 1 on.`)
  return value
}

/** 0, without the option: the system chooses one. */
export function readPort(written: string | undefined): number {
  if (written === undefined) return 0
  if (!/^\d{1,5}$/.test(written) || Number(written) > 65_535) throw usageError('--port takes a number from 0 to 65535.')
  return Number(written)
}

/** A query may begin with a dash: the word after `-q` is one whatever it looks like. */
function joinQuery(words: readonly string[], options: Options): string[] {
  if (!('query' in options)) return [...words]
  const joined: string[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!
    if (word === '--') return [...joined, ...words.slice(at)]
    if (word !== '-q' && word !== '--query') {
      joined.push(word)
      continue
    }
    const query = words[++at]
    if (query === undefined) throw usageError('-q takes a query.')
    joined.push(`--query=${query}`)
  }
  return joined
}

function parseStrictly(command: Command, words: readonly string[]) {
  const options: Options = { ...command.options, help: { type: 'boolean', short: 'h' } }
  const args = joinQuery(words, options)
  try {
    const { tokens, ...parsed } = parseArgs({ args, allowPositionals: true, strict: true, options, tokens: true })
    refuseTwice(
      tokens.flatMap(token => (token.kind === 'option' ? token.name : [])),
      options,
    )
    return parsed
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('.')[0] : 'unreadable arguments'
    throw usageError(`${reason}; try spanwise ${command.name} --help`)
  }
}

/** Of two values of one option the last would win without a word. */
function refuseTwice(given: readonly string[], options: Options): void {
  const twice = given.find(
    (name, i) => options[name]?.type === 'string' && !options[name].multiple && given.indexOf(name) < i,
  )
  if (twice === undefined) return
  const advice = twice === 'query' ? ': write both in one, -q "A B"' : ''
  throw usageError(`--${twice} is given twice${advice}`)
}
