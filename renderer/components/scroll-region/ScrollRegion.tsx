import type { ComponentProps } from 'react'

interface Props extends Omit<ComponentProps<'div'>, 'role' | 'tabIndex' | 'aria-label'> {
  /** Spoken when the focus comes in. */
  readonly label: string
}

/** A part of a page that scrolls by itself. It takes the focus, so that the keys scroll it; its class makes it scroll. */
export function ScrollRegion({ label, ...rest }: Props) {
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
  return <div {...rest} tabIndex={0} role="region" aria-label={label} />
}
