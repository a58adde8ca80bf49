import { lookup as lookUp, type LookupAddress } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { InspectorError } from '../../shared/domain/errors.ts'

// Where requests may go. An origin is what a person wrote into a connection; a trace never says it.

/** Addresses of this machine's own surroundings that hand out credentials: refused whoever asks. */
const refused = new BlockList()
refused.addSubnet('169.254.0.0', 16, 'ipv4')
refused.addSubnet('fe80::', 10, 'ipv6')
// The same through a translator of addresses, or written as those before them.
for (const before of ['64:ff9b::', '::']) refused.addSubnet(`${before}a9fe:0`, 112, 'ipv6')
refused.addSubnet('2002:a9fe::', 32, 'ipv6')
// Of clouds that have theirs elsewhere: AWS, Google, Alibaba, Oracle, Azure.
for (const address of ['fd00:ec2::254', 'fd20:ce::254']) refused.addAddress(address, 'ipv6')
for (const address of ['100.100.100.200', '192.0.0.192', '168.63.129.16']) refused.addAddress(address, 'ipv4')
refused.addSubnet('0.0.0.0', 8, 'ipv4')
refused.addAddress('::', 'ipv6')

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** Whether a resolved address may be connected to. IPv4 written as IPv6 is looked at as what it is. */
export function isRefused(address: string): boolean {
  return isIn(refused, address)
}

export function isLoopback(address: string): boolean {
  return isIn(loopback, address)
}

function isIn(list: BlockList, written: string): boolean {
  const version = isIP(written)
  return version !== 0 && list.check(written, version === 4 ? 'ipv4' : 'ipv6')
}

/** An origin in the form it is compared in; throws what is wrong with it. `allowHttp`: a person said so of this host. */
export function checkOrigin(written: string, allowHttp = false): URL {
  let url: URL
  try {
    url = new URL(written)
  } catch {
    throw bad(written, 'is no address; one looks like https://api.example.com')
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw bad(written, 'begins with neither https: nor http:')
  if (url.username !== '' || url.password !== '')
    throw bad(written, 'has a name or a password in it; a key is named by keyEnv')
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '')
    throw bad(written, 'has a path; only scheme, host and port are given')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isRefused(host))
    throw bad(written, 'is an address of the link or of a machine’s metadata, to which nothing is sent')
  const isHere = isLoopback(host) || /^(?:.+\.)?localhost\.?$/.test(host)
  if (url.protocol === 'http:' && !isHere && !allowHttp)
    throw bad(written, 'is not encrypted: http: is for this machine, or for a host that allowHttp says it of')
  return url
}

type Resolve = (host: string, done: (error: Error | null, addresses: readonly LookupAddress[]) => void) => void

/** Of one family the system may know more than it would name first: all are looked at. */
const resolveAll: Resolve = (host, done) => lookUp(host, { all: true }, done)

/**
 * Looks up a host for a connection that is being made, and hands on the addresses only where each of them may be connected
 * to: the answer is the one that is used, so that none can come between looking and connecting. What goes out unencrypted
 * goes to this machine, whatever its name resolves to, unless a person said otherwise.
 */
export function guardedLookup(isOpen: boolean, resolve: Resolve = resolveAll): LookupFunction {
  return (host, options, done) => {
    resolve(host, (error, addresses) => {
      const [first] = addresses ?? []
      if (error || !first) return done(error ?? new Error(`${host} has no address.`), '', 0)
      const wrong = addresses.find(({ address }) => isRefused(address) || (isOpen && !isLoopback(address)))
      if (wrong) return done(refusedAddress(host, wrong.address), '', 0)
      if (options.all) return done(null, [...addresses])
      done(null, first.address, first.family)
    })
  }
}

function refusedAddress(host: string, address: string): InspectorError {
  const why = isRefused(address) ? 'to which nothing is sent' : 'which is not this machine, and http: is not encrypted'
  return new InspectorError('replay/refused-address', `The host ${host} is at ${address}, ${why}.`)
}

function bad(written: string, why: string): InspectorError {
  return new InspectorError('replay/bad-origin', `The origin ${written.slice(0, 200)} ${why}.`)
}
