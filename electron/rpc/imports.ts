import type { Handlers } from '../../shared/contract/index.ts'
import type { fieldMapping } from '../../shared/contract/imports.ts'
import type { z } from '../../shared/contract/schemas.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import type { ImportFile } from '../import/inputs.ts'
import type { ImportDesk, Wanted } from '../processes/import-desk.ts'
import type { Answerer } from '../processes/process.ts'
import { beginRequest, breakRequest, chunkRequest, endRequest } from './upload.ts'

type ImportHandlers = Pick<Handlers, 'rereading.run' | 'rereading.undo'> &
  Omit<Pick<Handlers, Extract<keyof Handlers, `imports.${string}`>>, 'imports.list' | 'imports.mappings'>

/** Everything that changes what a store holds. */
export function importHandlers(desk: ImportDesk, samplePath: string | undefined): ImportHandlers {
  return {
    'imports.start': async ({ paths, mapping }, signal) => ({
      import: await desk.start(paths, signal, told({ mapping })),
    }),
    'imports.upload': ({ files, mapping }, signal) => desk.upload(files, signal, told({ mapping })),
    'imports.check': ({ paths, ...wanted }) => ({ check: desk.check(paths, told(wanted)) }),
    'imports.checkUpload': ({ files, ...wanted }) => desk.checkUpload(files, told(wanted)),
    'imports.stopCheck': ({ check }) => (desk.stopCheck(check), {}),
    'imports.forgetMapping': ({ fingerprint }) => (desk.forgetMapping(fingerprint), {}),
    'imports.sample': async (_, signal) => {
      if (samplePath === undefined)
        throw new InspectorError('app/no-sample', 'This installation lacks the sample traces.')
      return { import: await desk.start([samplePath], signal) }
    },
    'rereading.run': ({ dryRun }, signal) => desk.rereadAll(dryRun, signal),
    'rereading.undo': async () => ({ spans: await desk.undoRereading() }),
    'imports.cancel': ({ import: id }) => (desk.cancel(id), {}),
    'imports.continue': async ({ import: id }, signal) => ({ import: await desk.continue(id, signal) }),
    'imports.remove': async ({ import: id }) => (await desk.remove(id), {}),
  }
}

/** Scores from elsewhere. */
export function scoreHandlers(
  desk: ImportDesk,
): Pick<Handlers, 'scores.start' | 'scores.upload' | 'scores.give' | 'scores.cancel' | 'scores.remove'> {
  return {
    'scores.start': ({ path, name }) => ({ run: desk.scores.start({ path }, name) }),
    'scores.upload': ({ file, name }) => desk.uploadScores(file, name),
    'scores.give': ({ file, lines }) => ({ run: desk.scores.start(fileOfText(file, lines), undefined) }),
    'scores.cancel': ({ run }) => (desk.scores.cancel(run), {}),
    'scores.remove': async ({ id }) => ({ scores: await desk.scores.remove(id) }),
  }
}

/** A text as a file that is sent. */
function fileOfText(name: string, text: string): ImportFile {
  const pieces = [Buffer.from(text)]
  return { path: name, bytes: pieces[0]!.length, next: () => Promise.resolve(pieces.shift()) }
}

/** Without what was left out: our types tell absent from undefined, the schemas' do not. */
function told(wanted: {
  firstBytes?: number | undefined
  mapping?: z.output<typeof fieldMapping> | undefined
}): Wanted {
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined))
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
