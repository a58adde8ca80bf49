import styles from './progress-bar.module.css'

interface Props {
  readonly label: string
  /** 0 to 1; absent while the end is not known. */
  readonly share?: number | undefined
}

export function ProgressBar({ label, share }: Props) {
  const known = share !== undefined
  const percent = known ? Math.max(0, Math.min(100, share * 100)) : undefined
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent === undefined ? undefined : Math.floor(percent)}
      className={styles.track}
    >
      <div className={known ? styles.bar : styles.unknown} style={known ? { width: `${percent}%` } : undefined} />
    </div>
  )
}
