import type { ParseArgsConfig } from 'node:util'
import { parseArgs } from 'node:util'
import { InspectorError } from '../../../shared/domain/errors.ts'

/** 0 all done, 2 some records could not be read, 1 nothing could be done. */
export type ExitCode = 0 | 1 | 2 | 130

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
    flag: option => parsed.values[option] === true,
  }
}

export function usageError(message: string): InspectorError {
  return new InspectorError('cli/usage', message)
}

/** A whole number of at least `least`. */
export function readNumber(written: string | undefined, option: string, otherwise: number, least = 1): number {
  if (written === undefined) return otherwise
  const value = Number(written)
  if (!Number.isInteger(value) || value < least) throw usageError(`--${option} takes a whole number from ${least} on.`)
  return value
}

function parseStrictly(command: Command, words: readonly string[]) {
  const options: Options = { ...command.options, help: { type: 'boolean', short: 'h' } }
  try {
    return parseArgs({ args: [...words], allowPositionals: true, strict: true, options })
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('.')[0] : 'unreadable arguments'
    throw usageError(`${reason}; try spanwise ${command.name} --help`)
  }
}
