import { FolderOpen } from 'lucide-react'
import { ariaKeys } from '../../app/keys.ts'
import { useImportDesk } from '../../state/import-desk.ts'
import { Button } from '../button/Button.tsx'
import { KeyHint } from '../key-hint/KeyHint.tsx'

/** The two ways to get traces into an empty store. */
export function OpenActions() {
  const desk = useImportDesk()
  return (
    <>
      <Button look="primary" onClick={desk.choose} aria-keyshortcuts={ariaKeys('Mod+O')}>
        <FolderOpen aria-hidden="true" /> Open file… <KeyHint keys="Mod+O" />
      </Button>
      <Button onClick={desk.openSample}>Open the sample traces</Button>
    </>
  )
}
