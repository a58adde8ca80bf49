import { clauseFor } from '../../../shared/query/edit.ts'
import { findField, type FieldRef } from '../../../shared/query/fields.ts'
import { createStore } from '../../state/store.ts'

/** Something a span says, under the name the query language has for it. */
export interface FieldValue {
  /** `model`, `score.helpfulness`, `@http.status`. */
  readonly field: string
  readonly value: string
}

export interface ValueOffer {
  readonly values: readonly FieldValue[]
  /** `any`: filter, exclude and copy. */
  readonly mode: 'any' | 'only' | 'without'
  /** Where the menu stands: an element, or the place of the pointer. */
  readonly anchor: Element | { readonly x: number; readonly y: number }
  /** Takes the focus back. */
  readonly back: HTMLElement | undefined
}

/** The values a menu is open for. */
export const valueOffer = createStore<ValueOffer | undefined>(undefined)

export function offerValues(offer: Omit<ValueOffer, 'back'>): void {
  if (offer.values.length === 0) return
  const active = document.activeElement
  valueOffer.set({ ...offer, back: active instanceof HTMLElement && active !== document.body ? active : undefined })
}

/** The clause that asks for it; undefined where none can: the bar has one line. */
export function clauseOfValue({ field, value }: FieldValue): string | undefined {
  const ref: FieldRef | undefined = field.startsWith('@') ? { id: '@', name: field.slice(1) } : findField(field)
  return ref && value !== '' && value.length <= 1000 && !/[\n\r]/.test(value) ? clauseFor(ref, value) : undefined
}

/** The place of its own that a value has: a session is a conversation, a user has sessions. */
export function placeOf({
  field,
  value,
}: FieldValue): { readonly address: string; readonly words: string } | undefined {
  if (value === '' || value.length > 1000) return undefined
  if (field === 'session') return { address: `/session/${encodeURIComponent(value)}`, words: 'Conversation of' }
  if (field === 'trace') return { address: `/trace/${encodeURIComponent(value)}`, words: 'Open trace' }
  if (field !== 'user') return undefined
  const query = new URLSearchParams({ q: clauseFor({ id: 'user' }, value) })
  return { address: `/sessions?${query.toString()}`, words: 'Sessions of' }
}

/** What makes an element a value: `valuesIn` finds it, a right click on it offers what can be done with it. */
export function valueMark(field: string, value: string | undefined): Readonly<Record<`data-${string}`, string>> {
  return value === undefined || value === '' ? {} : { 'data-field': field, 'data-value': value }
}

/** The values of an element and of those inside it, each once. */
export function valuesIn(element: Element): FieldValue[] {
  const found = [element, ...element.querySelectorAll('[data-field]')].flatMap(one => valueOf(one) ?? [])
  return found.filter(
    (one, i) => found.findIndex(({ field, value }) => field === one.field && value === one.value) === i,
  )
}

export function valueOf(element: Element): FieldValue | undefined {
  const field = element.getAttribute('data-field')
  const value = element.getAttribute('data-value')
  return field === null || value === null ? undefined : { field, value }
}

/** What the focus stands on: an element with values, or the row or cell a grid names. */
export function focusedValues(grid: Element): { readonly element: Element; readonly values: readonly FieldValue[] } {
  const named = document.getElementById(grid.getAttribute('aria-activedescendant') ?? '')
  const element = named ?? grid
  return { element, values: named ? valuesIn(named) : [] }
}
