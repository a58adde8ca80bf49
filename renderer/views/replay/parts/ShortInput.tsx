import type { ComponentProps } from 'react'
import look from './body-form.module.css'

interface Props extends Omit<ComponentProps<'input'>, 'onChange'> {
  /** Spoken: what stands beside it is its short name at most. */
  readonly label: string
  readonly value: string
  readonly change: (value: string) => void
}

/** A line of the request's form. What stands there are names and values: the browser neither corrects nor remembers them. */
export function ShortInput({ label, change, ...rest }: Props) {
  return (
    <input
      {...rest}
      className={look.short}
      aria-label={label}
      autoComplete="off"
      spellCheck={false}
      onChange={event => change(event.target.value)}
    />
  )
}
