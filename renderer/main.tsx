import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './theme/base.css'
import { App } from './app/App.tsx'
import { chooseFiles } from './state/choose-files.ts'
import { pageClient } from './state/client.ts'
import { restoreTheme } from './state/theme.ts'

restoreTheme()
const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App client={pageClient()} chooseFiles={chooseFiles} />
    </StrictMode>,
  )
}
