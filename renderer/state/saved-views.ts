import type { SavedView } from '../../shared/contract/views.ts'
import { visibleLine } from '../../shared/format/visible-text.ts'
import type { PageClient } from './client.ts'
import { toRequestError } from './request-error.ts'
import { tell, tellDone, type Done } from './undo.ts'

/** Saves a view; undoing it puts back the one that had the name, or none. */
export async function saveView(client: PageClient, name: string, view: SavedView): Promise<void> {
  try {
    tellDone(await save(client, name, view))
  } catch (error) {
    tell(`The view could not be saved: ${toRequestError(error).message}`, true)
  }
}

async function save(client: PageClient, name: string, view: SavedView): Promise<Done> {
  const { id, replaced } = await client.ask('views.save', { name, view })
  return {
    words: `Saved as “${visibleLine(name, 60)}”`,
    undo: async () => {
      if (replaced) await client.ask('views.save', { name, view: replaced })
      else await client.ask('views.remove', { id })
      return () => save(client, name, view)
    },
  }
}

interface Named {
  readonly id: number
  readonly name: string
  readonly view: SavedView
}

export async function removeView(client: PageClient, view: Named): Promise<void> {
  try {
    tellDone(await remove(client, view))
  } catch (error) {
    tell(`The view could not be removed: ${toRequestError(error).message}`, true)
  }
}

async function remove(client: PageClient, { id, name, view }: Named): Promise<Done> {
  await client.ask('views.remove', { id })
  return {
    words: `“${visibleLine(name, 60)}” removed`,
    undo: async () => {
      const back = await client.ask('views.save', { name, view })
      return () => remove(client, { id: back.id, name, view })
    },
  }
}
