import { useState } from 'react'
import { allSettings, type Setting } from '../../state/settings.ts'
import { DataPlaces } from './parts/DataPlaces.tsx'
import { Prices } from './parts/Prices.tsx'
import { SettingRow } from './parts/SettingRow.tsx'
import { Stores } from './parts/Stores.tsx'
import styles from './settings.module.css'

/** Every setting on one page, and where the data is. */
export function SettingsView() {
  const [text, setText] = useState('')
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const has = (...texts: readonly string[]) => {
    const all = texts.join(' ').toLowerCase()
    return words.every(word => all.includes(word))
  }
  const shown = allSettings.filter(setting => has(...wordsOf(setting)))
  const groups = [...new Set(shown.map(({ group }) => group))]
  const stores = has('stores other open recent new create database')
  const prices = has('prices costs money list rules reprice own currency dollars')
  const places = has('where the data is path size index settings file network offline')
  return (
    <div className={styles.page} data-pane="Settings">
      <div className={styles.head}>
        <h1>Settings</h1>
        <input
          type="search"
          className={styles.search}
          placeholder="Find a setting"
          aria-label="Find a setting"
          value={text}
          onChange={event => setText(event.target.value)}
        />
      </div>
      <div className={styles.body}>
        {groups.map(group => (
          <section key={group} className={styles.group} aria-label={group}>
            <h2>{group}</h2>
            {shown.flatMap(setting =>
              setting.group === group ? <SettingRow key={setting.id} setting={setting} /> : [],
            )}
          </section>
        ))}
        {stores && <Stores />}
        {prices && <Prices />}
        {places && <DataPlaces />}
        {shown.length === 0 && !stores && !prices && !places && (
          <p className={styles.aside}>No setting has these words.</p>
        )}
        <p className="spoken" role="status">
          {text !== '' && `${shown.length} settings`}
        </p>
      </div>
    </div>
  )
}

function wordsOf({ title, help, group, choices }: Setting): readonly string[] {
  return [title, help, group, ...choices.map(({ label }) => label)]
}
