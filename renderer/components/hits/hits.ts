import { createContext } from 'react'
import type { HitFinder } from '../../../shared/query/hits.ts'
import type { SpanText } from '../../../shared/query/texts.ts'

/** Where the query that led here matches in a text; undefined when it asks for no text. */
export const HitsContext = createContext<HitFinder | undefined>(undefined)

/** What the texts inside are, for clauses that ask of one part only; without it every clause counts. */
export const HitFieldsContext = createContext<SpanText['fields'] | undefined>(undefined)
