import type { RefObject } from 'react'
import { addClause, excludeClause } from '../../../shared/query/edit.ts'
import { announce } from '../../app/announce.ts'
import { useCommands, type CommandInfo } from '../../app/commands.ts'
import { editQuery } from '../../app/query-desk.ts'
import { clauseOfValue, focusedValues, offerValues } from './value-desk.ts'

const only: CommandInfo = {
  id: 'query.addFocusedValue',
  title: 'Filter by a value of this row',
  keys: ['f'],
  group: 'List',
}
const without: CommandInfo = {
  id: 'query.excludeFocusedValue',
  title: 'Exclude a value of this row',
  keys: ['Shift+F'],
  group: 'List',
}

/** For the shortcut sheet while no list is open. */
export const valueCommandInfos: readonly CommandInfo[] = [only, without]

/**
 * `f` and `Shift+F` while a grid has the focus: on a cell its value is taken at once, on a row with several values a menu
 * asks which.
 */
export function useValueKeys(within: RefObject<HTMLElement | null>): void {
  const act = (mode: 'only' | 'without') => {
    const grid = within.current?.matches('[aria-activedescendant]')
      ? within.current
      : within.current?.querySelector('[aria-activedescendant]')
    if (!grid) return
    const { element, values } = focusedValues(grid)
    const [first, second] = values
    const clause = first && !second ? clauseOfValue(first) : undefined
    if (clause !== undefined) {
      editQuery((text, of) => (mode === 'only' ? addClause(text, clause) : excludeClause(text, clause, of)))
    } else if (first) offerValues({ values, mode, anchor: element })
    else announce('Nothing here to filter by')
  }
  useCommands(
    [
      { ...only, run: () => act('only') },
      { ...without, run: () => act('without') },
    ],
    { within },
  )
}
