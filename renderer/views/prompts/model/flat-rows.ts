import type { TreeSource } from '../../../components/tree-grid/TreeGrid.tsx'

/** A list without levels, as the grid asks. */
export function flatRows(count: number): Pick<TreeSource, 'level' | 'position' | 'siblings' | 'hasChildren'> {
  return { level: () => 1, position: row => row + 1, siblings: () => count, hasChildren: () => false }
}
