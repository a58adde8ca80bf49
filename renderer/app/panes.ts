// Panes are the parts of the window that F6 walks: elements with `data-pane`, in the order they stand in the page.
// In each its grid, its tree or its first control takes the focus.

const lastFocus = new WeakMap<Element, HTMLElement>()
const focusable = '[tabindex="0"], a[href], button:not(:disabled), input:not(:disabled), textarea, select, summary'

/** Moves focus to the next pane (or the one before), to where it was when the pane was left. */
export function walkPanes(step: 1 | -1): void {
  const panes = allPanes()
  if (panes.length === 0) return
  const active = document.activeElement
  const here = panes.findIndex(pane => pane.contains(active))
  if (here >= 0 && active instanceof HTMLElement) lastFocus.set(panes[here]!, active)
  for (let tried = 1; tried <= panes.length; tried += 1) {
    const at = here < 0 && step < 0 ? panes.length - tried : here + step * tried
    const pane = panes[(at + panes.length * 2) % panes.length]!
    if (focusPane(pane)) return
  }
}

/** Focus into a pane; false when nothing in it takes focus. */
function focusPane(pane: Element): boolean {
  const target = leftAt(pane) ?? purposeOf(pane) ?? focusableIn(pane)[0]
  target?.focus()
  return target !== undefined
}

/**
 * Where focus goes when what held it is gone: the view, and in it what it is for. A view that is still on its way has
 * the focus itself, and gives it to its list or tree once that is there: a button above it would keep it.
 */
export function focusView(): void {
  const view = document.querySelector('main')
  const pane = view?.querySelector('[data-pane]:not([data-toolbar])') ?? view
  if (pane) (leftAt(pane) ?? purposeOf(pane) ?? view)?.focus()
}

/** What had the focus when one left the pane, while it is there. */
function leftAt(pane: Element): HTMLElement | undefined {
  const before = lastFocus.get(pane)
  return before?.isConnected && pane.contains(before) ? before : undefined
}

/** After what lay over the view is gone: focus that found nobody who wants it back. */
export function focusViewIfLost(): void {
  if (document.activeElement === null || document.activeElement === document.body) focusView()
}

/** Whether a view that has just opened may take focus: nothing else has it. */
export function isFocusFree(): boolean {
  const active = document.activeElement
  return active === null || active === document.body || active === document.querySelector('main')
}

/** What one went somewhere with (a link of the rail or the header) gives focus to the place one went to. */
export function leaveNavigation(): void {
  if (document.activeElement?.closest('[data-navigation]')) document.querySelector('main')?.focus()
}

/** A grid, tree or list is what a pane is for; its toolbar comes second. */
function purposeOf(pane: Element): HTMLElement | undefined {
  return focusableIn(pane).find(element => /^(?:tree)?grid$|^tree$|^listbox$/.test(element.getAttribute('role') ?? ''))
}

function focusableIn(pane: Element): HTMLElement[] {
  return [...pane.querySelectorAll<HTMLElement>(focusable)].filter(element => element.tabIndex >= 0)
}

/** Innermost only: a pane that holds other panes is walked through them. */
function allPanes(): Element[] {
  return [...document.querySelectorAll('[data-pane]')].filter(
    pane => pane.querySelector('[data-pane]') === null && pane.closest('[hidden]') === null,
  )
}
