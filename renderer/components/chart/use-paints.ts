import { useLayoutEffect, useState } from 'react'
import { onThemeChange } from '../../theme/read-color.ts'
import { readPaints, type Paints } from './paints.ts'

/** Those of the theme shown, also after it changed. */
export function usePaints(): Paints {
  const [paints, setPaints] = useState(() => readPaints())
  useLayoutEffect(() => onThemeChange(() => setPaints(readPaints())), [])
  return paints
}
