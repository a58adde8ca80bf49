import type { ComponentProps } from 'react'
import styles from './button.module.css'

interface Props extends ComponentProps<'button'> {
  readonly look?: 'plain' | 'primary' | 'quiet' | 'danger'
}

/** A button with words. At most one `primary` on a screen. */
export function Button({ look = 'plain', className, ...rest }: Props) {
  return <button type="button" className={`${styles.button} ${styles[look]} ${className ?? ''}`} {...rest} />
}

interface IconProps extends ComponentProps<'button'> {
  /** Spoken and shown on hover: an icon alone says nothing. */
  readonly label: string
}

export function IconButton({ label, className, title, ...rest }: IconProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={title ?? label}
      className={`${styles.icon} ${className ?? ''}`}
      {...rest}
    />
  )
}
