import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './theme/base.css'
import { App } from './app/App.tsx'
import { chooseFiles } from './state/choose-files.ts'
import { pageClient } from './state/client.ts'
import { loadKept } from './state/kept.ts'
import { showSettings } from './state/settings.ts'

const root = document.getElementById('root')
if (root) {
  const client = pageClient()
  await loadKept(client)
  showSettings()
  createRoot(root).render(
    <StrictMode>
      <App client={client} chooseFiles={chooseFiles} />
    </StrictMode>,
  )
}
