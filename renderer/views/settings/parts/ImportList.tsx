import { useState } from 'react'
import type { Output } from '../../../../shared/contract/index.ts'
import { useClient } from '../../../app/view.ts'
import { Button } from '../../../components/button/Button.tsx'
import { ErrorNote } from '../../../components/error-note/ErrorNote.tsx'
import { chooseFiles } from '../../../state/choose-files.ts'
import { toRequestError, type RequestError } from '../../../state/request-error.ts'

/** A question to the engine may not be longer. */
const largest = 8_000_000

/** A newer price list from a file that somebody has fetched. */
export function ImportList({ imported }: { readonly imported: (list: Output<'prices.importList'>) => void }) {
  const client = useClient()
  const [failure, setFailure] = useState<RequestError>()
  const choose = async () => {
    setFailure(undefined)
    try {
      const [file] = await chooseFiles()
      if (!file) return
      const text = file.size > largest ? undefined : await file.text()
      if (text === undefined) throw new Error('The file is larger than a price list may be (8 MB).')
      imported(await client.ask('prices.importList', { text }))
    } catch (caught) {
      setFailure(toRequestError(caught))
    }
  }
  return (
    <>
      <Button title="data.json of genai-prices, or a list as Spanwise keeps it" onClick={() => void choose()}>
        Import a newer list…
      </Button>
      {failure && <ErrorNote title="The list was not imported." error={failure} />}
    </>
  )
}
