import {
  chooseSetting,
  forgetLinked,
  readSetting,
  useSetting,
  useSettingSource,
  type Setting,
} from '../../state/settings.ts'
import { Button } from '../button/Button.tsx'
import styles from './set-by-link.module.css'

/** Beside what a link changed: whose choice is shown, and the way to one's own. Nothing where it is the reader's own. */
export function SetByLink({ setting }: { readonly setting: Setting }) {
  const value = useSetting(setting)
  const source = useSettingSource(setting)
  if (source !== 'link') return null
  const label = setting.choices.find(choice => choice.value === value)?.label.toLowerCase()
  return (
    <p className={styles.line} role="status">
      {setting.title} {label}: set by link
      <Button look="quiet" onClick={() => chooseSetting(setting, readSetting(setting))}>
        Make mine
      </Button>
      <Button look="quiet" onClick={() => forgetLinked(setting)}>
        Back to mine
      </Button>
    </p>
  )
}
