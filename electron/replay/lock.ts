import type { Output } from '../../shared/contract/index.ts'
import { InspectorError } from '../../shared/domain/errors.ts'

/** The variable that locks whatever the settings say: any value but nothing and `0`. */
export const lockVariable = 'SPANWISE_NO_NETWORK'
/** The setting that locks every host of this machine. */
const lockSetting = 'spanwise.noNetwork'

/** Where the lock is set. */
export interface LockSettings {
  read(): ReadonlyMap<string, string>
  write(name: string, value: string | undefined): void
}

export function lockOf(settings: LockSettings | undefined, env = process.env): Output<'replay.lock'> {
  if (isLockedByEnvironment(env)) return { locked: true, by: 'environment' }
  return settings?.read().has(lockSetting) ? { locked: true, by: 'setting' } : { locked: false }
}

export function setLock(settings: LockSettings, isLocked: boolean): void {
  settings.write(lockSetting, isLocked ? 'locked' : undefined)
}

export function isLockedByEnvironment(env = process.env): boolean {
  return !['', '0'].includes(env[lockVariable] ?? '')
}

/** Why nothing is sent. */
export function lockedError(by: 'setting' | 'environment' | undefined): InspectorError {
  const advice = by === 'environment' ? `${lockVariable} is set` : 'the window or spanwise egress --unlock ends it'
  return new InspectorError('replay/locked', `This machine is locked: nothing is sent from it (${advice}).`)
}
