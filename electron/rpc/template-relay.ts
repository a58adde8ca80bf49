import type { CancelSignal, Handlers, Output } from '../../shared/contract/index.ts'
import type { PromptWanted } from '../../shared/contract/replay.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import type { AnotherPrompt } from '../../shared/replay/another-prompt.ts'

/** A template that was asked for by its name, for whoever puts it into a request. */
export interface FoundTemplate extends Pick<AnotherPrompt, 'called' | 'text'> {
  /** Absent: where they are written in it. */
  readonly slots?: AnotherPrompt['slots']
  /** Values that a draft is tried with: for what a call has none of. */
  readonly tried?: { readonly [name: string]: string }
}

/** A question that may name a prompt, with the template of that name. */
export type WithTemplate<T> = T & { readonly found?: FoundTemplate }

interface Asked {
  ask(name: string, input: unknown, signal: CancelSignal): Promise<unknown>
}

/** Finds templates by the names of their prompts, for whoever makes a request of them: versions are known by the store's columns. */
export function templatesNamed(lists: Pick<Handlers, 'prompts.version'>, engine: Asked) {
  return async <T extends { readonly prompt?: PromptWanted | undefined }>(
    input: T,
    signal: CancelSignal,
  ): Promise<WithTemplate<T>> => {
    const { prompt: wanted } = input
    if (!wanted || 'template' in wanted) return input
    const { prompt, version } = wanted
    const of = { prompt, version }
    const called = version === null ? prompt : `${prompt}@${version}`
    if (wanted.draft) {
      const { draft } = (await engine.ask('prompts.draft', of, signal)) as Output<'prompts.draft'>
      if (!draft) throw new InspectorError('replay/no-draft', `Nobody is writing a draft of ${called}.`)
      return { ...input, found: { called: `the draft of ${called}`, text: draft.template, tried: draft.variables } }
    }
    const { template, cut, slots } = await lists['prompts.version'](of, signal)
    if (template === undefined) throw new InspectorError('replay/no-template', `The text of ${called} is not known.`)
    if (cut > 0) throw new InspectorError('replay/no-template', `The text of ${called} is too long to be sent so.`)
    return { ...input, found: { called, text: template, slots } }
  }
}
