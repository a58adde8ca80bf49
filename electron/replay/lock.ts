import type { Output } from '../../shared/contract/index.ts'
import { InspectorError } from '../../shared/domain/errors.ts'

/** The variable that locks whatever the settings say: any value but nothing and `0`. */
export const lockVariable = 'SPANWISE_NO_NETWORK'
/** The setting that locks every host of this machine. */
export const lockSetting = 'spanwise.noNetwork'

interface Settings {
  read(): ReadonlyMap<string, string>
}

export function lockOf(settings: Settings | undefined, env = process.env): Output<'replay.lock'> {
  if (isLockedByEnvironment(env)) return { locked: true, by: 'environment' }
  return settings?.read().has(lockSetting) ? { locked: true, by: 'setting' } : { locked: false }
}

export function isLockedByEnvironment(env = process.env): boolean {
  return !['', '0'].includes(env[lockVariable] ?? '')
}

/** Why nothing is sent. */
export function lockedError(by: 'setting' | 'environment' | undefined): InspectorError {
  const advice = by === 'environment' ? `${lockVariable} is set` : 'unlock it in the settings of the window'
  return new InspectorError('replay/locked', `This machine is locked: nothing is sent from it (${advice}).`)
}
