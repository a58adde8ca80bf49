import { InspectorError } from '../../shared/domain/errors.ts'

/** Why a request got no answer, as far as the system says it; of its own messages, which may name anything, nothing is told. */
export function unanswered(error: unknown, { origin, host }: URL): InspectorError {
  if (error instanceof InspectorError) return error
  const code = codeOf(error)
  if (code === 'ECONNREFUSED') return noConnection(`Nothing answers at ${origin}; is the server running?`)
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return noConnection(`The address of ${host} is not known; is there a network, and is the name right?`)
  if (/^(?:ENETUNREACH|EHOSTUNREACH|ENETDOWN|EHOSTDOWN|ETIMEDOUT|EACCES|EPERM)$/.test(code))
    return noConnection(`There is no connection to ${host} (${code}).`)
  if (/CERT|SELF_SIGNED|UNABLE_TO|ALTNAME/.test(code))
    return new InspectorError('replay/bad-certificate', `${host} does not prove who it is (${code}); nothing was sent.`)
  if (/^(?:ERR_SSL|EPROTO|ERR_TLS)/.test(code))
    return new InspectorError(
      'replay/no-encryption',
      `${host} does not speak TLS as it should (${code}); nothing was sent.`,
    )
  if (code.startsWith('HPE_')) return new InspectorError('replay/no-answer', `What ${host} answers is no HTTP.`)
  return new InspectorError('replay/no-answer', `${host} closed the connection without an answer.`)
}

function noConnection(message: string): InspectorError {
  return new InspectorError('replay/no-connection', message)
}

function codeOf(error: unknown): string {
  // With several addresses the reasons stand in a list.
  const one: unknown = error instanceof AggregateError ? error.errors[0] : error
  return one instanceof Error && 'code' in one && typeof one.code === 'string' ? one.code : ''
}
