import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Output } from '../../shared/contract/index.ts'
import { InspectorError } from '../../shared/domain/errors.ts'

/** The variable that locks whatever is set: any value but nothing and `0`. */
export const lockVariable = 'SPANWISE_NO_NETWORK'

/**
 * The file whose being there locks every host of this machine: no setting, since whoever writes those may find them damaged,
 * or write at the same time as another host.
 */
export function lockFile(folder: string): string {
  return path.join(folder, 'no-network')
}

export function lockOf(file: string, env = process.env): Output<'replay.lock'> {
  if (isLockedByEnvironment(env)) return { locked: true, by: 'environment' }
  return isThere(file) ? { locked: true, by: 'setting' } : { locked: false }
}

export function setLock(file: string, isLocked: boolean): void {
  if (!isLocked) return rmSync(file, { force: true })
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(file, 'While this file is here, Spanwise sends nothing.\n', { mode: 0o600 })
}

export function isLockedByEnvironment(env = process.env): boolean {
  return !['', '0'].includes(env[lockVariable] ?? '')
}

/** Why nothing is sent. */
export function lockedError(by: 'setting' | 'environment' | undefined): InspectorError {
  const advice = by === 'environment' ? `${lockVariable} is set` : 'the window or spanwise egress --unlock ends it'
  return new InspectorError('replay/locked', `This machine is locked: nothing is sent from it (${advice}).`)
}

/** A file that nobody can ask about may be there. */
function isThere(file: string): boolean {
  try {
    statSync(file)
    return true
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ENOENT')
  }
}
