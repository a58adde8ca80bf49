import type { Output } from '../../shared/contract/index.ts'
import { visibleLine } from '../../shared/format/visible-text.ts'
import { successName, type Success } from '../../shared/query/success.ts'
import type { PageClient } from './client.ts'
import { tellDone, type Done } from './undo.ts'

/** A definition as the store has it. */
export type Defined = Output<'success.list'>['successes'][number]

/** Saves a definition, in place of `was`; rejects with what is wrong with it. */
export async function saveSuccess(client: PageClient, success: Success, was?: number): Promise<void> {
  tellDone(await save(client, success, was))
}

async function save(client: PageClient, success: Success, was: number | undefined): Promise<Done> {
  const { id, replaced } = await client.ask('success.save', { success, ...(was === undefined ? {} : { was }) })
  return {
    words: `“${nameOf(success)}” says what a success is`,
    undo: async () => {
      if (replaced === null) await client.ask('success.remove', { id })
      const back = replaced && (await client.ask('success.save', { success: replaced, was: id }))
      return () => save(client, success, back?.id)
    },
  }
}

export async function removeSuccess(client: PageClient, defined: Defined): Promise<void> {
  tellDone(await remove(client, defined))
}

async function remove(client: PageClient, { id, success }: Defined): Promise<Done> {
  await client.ask('success.remove', { id })
  return {
    words: `“${nameOf(success)}” is no success any more`,
    undo: async () => {
      const back = await client.ask('success.save', { success })
      return () => remove(client, { id: back.id, success })
    },
  }
}

function nameOf(success: Success): string {
  return visibleLine(successName(success), 60)
}
