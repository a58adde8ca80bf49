// Where one has been since the page was opened: what the palette offers before anything is typed.

import { currentRoute } from './route.ts'

export interface RecentPlace {
  /** As `navigate` takes it. */
  readonly to: string
  readonly title: string
  /** The view it is in. */
  readonly group: string
}

const most = 6
let places: readonly RecentPlace[] = []

/** The newest first; one entry a view or trace, with what was asked there last. */
export function recentPlaces(): readonly RecentPlace[] {
  return places
}

export function rememberPlace(title: string, group: string): void {
  const { path, query } = currentRoute()
  const asked = query.toString()
  const isSame = (place: RecentPlace) => place.to.split('?')[0] === path
  const place = { to: asked === '' ? path : `${path}?${asked}`, title, group }
  places = [place, ...places.filter(one => !isSame(one))].slice(0, most + 1)
}
