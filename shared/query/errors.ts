import { InspectorError } from '../domain/errors.ts'
import type { Place } from './ast.ts'

export type QueryFault =
  | 'too-long'
  | 'too-deep'
  | 'too-many-terms'
  | 'not-closed'
  | 'nothing-there'
  | 'unexpected'
  | 'bad-value'
  | 'bad-operator'
  | 'bad-regex'

/** Why a text is no query. The sentence tells what to write instead; `at` is what it is about. */
export interface QueryError {
  readonly code: QueryFault
  readonly message: string
  readonly at: Place
}

/** For inside the parser only: its caller gives a result. */
export class QueryFailure extends Error {
  readonly fault: QueryError

  constructor(code: QueryFault, message: string, at: Place) {
    super(message)
    this.fault = { code, message, at }
  }
}

/** On one line, for a terminal or the wire; characters are counted from 1. */
export function queryProblem({ code, message, at }: QueryError): InspectorError {
  return new InspectorError(`query/${code}`, `The query has a mistake at character ${at.from + 1}: ${message}`)
}
