import type { Handlers } from '../../shared/contract/index.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import type { ImportDesk } from '../processes/import-desk.ts'
import type { Answerer } from '../processes/process.ts'
import { beginRequest, breakRequest, chunkRequest, endRequest } from './upload.ts'

type ImportHandlers = Omit<Pick<Handlers, Extract<keyof Handlers, `imports.${string}`>>, 'imports.list'>

/** Everything that changes what a store holds. */
export function importHandlers(desk: ImportDesk, samplePath: string | undefined): ImportHandlers {
  return {
    'imports.start': async ({ paths }, signal) => ({ import: await desk.start(paths, signal) }),
    'imports.upload': ({ files }, signal) => desk.upload(files, signal),
    'imports.sample': async (_, signal) => {
      if (samplePath === undefined)
        throw new InspectorError('app/no-sample', 'This installation lacks the sample traces.')
      return { import: await desk.start([samplePath], signal) }
    },
    'imports.cancel': ({ import: id }) => (desk.cancel(id), {}),
    'imports.continue': async ({ import: id }, signal) => ({ import: await desk.continue(id, signal) }),
    'imports.remove': async ({ import: id }) => (await desk.remove(id), {}),
  }
}

/** What only a host asks: the bytes of an upload. */
export function uploadAnswers(desk: ImportDesk): { readonly [name: string]: Answerer } {
  return {
    [beginRequest]: ({ key }: { key: string }) => (desk.uploadOf(key).begin(), {}),
    [chunkRequest]: ({ key, bytes }: { key: string; bytes: Uint8Array }) => desk.uploadOf(key).send(bytes),
    [endRequest]: ({ key }: { key: string }) => (desk.uploadOf(key).end(), {}),
    [breakRequest]: ({ key }: { key: string }) => (desk.uploadOf(key).break(), {}),
  }
}
