import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { spanKinds } from '../../shared/domain/kind.ts'

const css = readFileSync(new URL('../../renderer/theme/tokens.css', import.meta.url), 'utf8')
const colors = new Map(
  [...css.matchAll(/(--[\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(([, name, light, dark]) => [
    name!,
    { light: light!, dark: dark! },
  ]),
)

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map(at => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].toSorted((x, y) => y - x)
  return (high! + 0.05) / (low! + 0.05)
}

const texts = ['--text', '--text-muted', '--text-faint']
const grounds = ['--bg', '--bg-raised', '--bg-sunken', '--bg-hover', '--bg-selected']
const pairs = [
  ...texts.flatMap(text => grounds.map(ground => [text, ground, 4.5] as const)),
  ...['--error', '--warn', '--ok', '--accent'].flatMap(text =>
    ['--bg', '--bg-raised', '--bg-sunken', '--bg-hover', '--bg-selected'].map(ground => [text, ground, 4.5] as const),
  ),
  ['--error', '--error-bg', 4.5] as const,
  ['--text', '--error-bg', 4.5] as const,
  ['--warn', '--warn-bg', 4.5] as const,
  ['--accent-text', '--accent', 4.5] as const,
  ['--hit-text', '--hit', 4.5] as const,
  ['--hit-now-text', '--hit-now', 4.5] as const,
  ['--focus', '--bg', 3] as const,
  ...['1', '2', '3', '4', '5', '6', '7', '8', 'others'].map(ink => [`--chart-${ink}`, '--bg', 3] as const),
  ...spanKinds.flatMap(kind =>
    ['--bg', '--bg-selected', '--bg-hover'].map(ground => [`--kind-${kind}`, ground, 4.5] as const),
  ),
]

test.each(pairs)('%s on %s has %s:1 in both themes', (text, ground, least) => {
  for (const theme of ['light', 'dark'] as const) {
    const ratio = contrast(colors.get(text)![theme], colors.get(ground)![theme])
    expect(ratio, theme).toBeGreaterThanOrEqual(least)
  }
})
