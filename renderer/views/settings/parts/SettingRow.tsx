import { useId } from 'react'
import { Button } from '../../../components/button/Button.tsx'
import {
  chooseSetting,
  forgetLinked,
  readSetting,
  useSetting,
  useSettingSource,
  type Setting,
} from '../../../state/settings.ts'
import styles from '../settings.module.css'

/** One setting: its choices, its usual one, and where the present one comes from. */
export function SettingRow({ setting }: { readonly setting: Setting }) {
  const value = useSetting(setting)
  const source = useSettingSource(setting)
  const id = useId()
  const usual = setting.choices.find(choice => choice.value === setting.usual)?.label
  return (
    <div className={styles.setting}>
      <div>
        <h3 id={id}>{setting.title}</h3>
        <p className={styles.aside}>{setting.help}</p>
      </div>
      <div className={styles.value}>
        <div role="radiogroup" aria-labelledby={id} className={styles.choices}>
          {setting.choices.map(choice => (
            <label key={choice.value} className={styles.choice}>
              <input
                type="radio"
                name={id}
                checked={value === choice.value}
                onChange={() => chooseSetting(setting, choice.value)}
              />
              <span>{choice.label}</span>
            </label>
          ))}
        </div>
        <p className={styles.source}>
          {source === 'default' && 'default'}
          {source === 'you' && (
            <>
              chosen by you · default is {usual}{' '}
              <Button look="quiet" onClick={() => chooseSetting(setting, undefined)}>
                Back to the default
              </Button>
            </>
          )}
          {source === 'link' && (
            <>
              set by link{' '}
              <Button look="quiet" onClick={() => chooseSetting(setting, readSetting(setting))}>
                Make mine
              </Button>
              <Button look="quiet" onClick={() => forgetLinked(setting)}>
                Back to mine
              </Button>
            </>
          )}
        </p>
      </div>
    </div>
  )
}
