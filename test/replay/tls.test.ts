import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterEach, expect, test, vi } from 'vitest'
import { outgoing, send } from './outgoing.ts'
import { answerOf } from './provider-answers.ts'

const file = (name: string) => readFileSync(new URL(`./certificates/${name}.pem`, import.meta.url), 'utf8')
const known = getCACertificates('default')
afterEach(() => {
  setDefaultCACertificates(known)
  vi.unstubAllEnvs()
})

async function openServer(cert: string) {
  let heard = 0
  const server = createServer({ cert, key: file('key') }, (_request, response) => {
    heard++
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answerOf('openai-chat')))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    heard: () => heard,
    [Symbol.asyncDispose]: () => new Promise<void>(resolve => void server.close(() => resolve())),
  }
}

const toServer = ({ port }: { readonly port: number }) =>
  outgoing({ origin: `https://localhost:${port}` }, 'openai-chat', false)

test.each([
  ['signed by nobody who is known', 'valid', undefined, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ['that is over', 'expired', 'expired', 'CERT_HAS_EXPIRED'],
  ['of another name', 'other', 'other', 'ERR_TLS_CERT_ALTNAME_INVALID'],
] as const)('a certificate %s: nothing is sent, whatever the environment says', async (_what, cert, trusted, why) => {
  await using server = await openServer(file(cert))
  if (trusted) setDefaultCACertificates([file(trusted)])
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
  await expect(send(toServer(server))).rejects.toMatchObject({
    code: 'replay/bad-certificate',
    message: expect.stringContaining(why) as unknown,
  })
  expect(server.heard()).toBe(0)
})

test('one that is known and of this name is talked to', async () => {
  await using server = await openServer(file('valid'))
  setDefaultCACertificates([file('valid')])
  const answer = await send(toServer(server))
  expect(answer).toMatchObject({ outcome: 'ok', httpStatus: 200 })
  expect(server.heard()).toBe(1)
})
