import { BlockList, isIP } from 'node:net'
import { InspectorError } from '../../shared/domain/errors.ts'

// Where requests may go. An origin is what a person wrote into a connection; a trace never says it.

/** Addresses of this machine's own surroundings that hand out credentials: refused whoever asks. */
const refused = new BlockList()
refused.addSubnet('169.254.0.0', 16, 'ipv4')
refused.addSubnet('fe80::', 10, 'ipv6')
refused.addAddress('fd00:ec2::254', 'ipv6')
refused.addAddress('0.0.0.0', 'ipv4')
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

/** An origin in the form it is compared in; throws what is wrong with it. */
export function checkOrigin(written: string): URL {
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
  if (url.protocol === 'http:' && !isHere) throw bad(written, 'is not encrypted: http: is for this machine only')
  return url
}

function bad(written: string, why: string): InspectorError {
  return new InspectorError('replay/bad-origin', `The origin ${written.slice(0, 200)} ${why}.`)
}
