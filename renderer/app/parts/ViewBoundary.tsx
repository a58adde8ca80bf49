import { Component, type ErrorInfo, type ReactNode } from 'react'
import { ErrorNote } from '../../components/error-note/ErrorNote.tsx'

interface State {
  readonly error: Error | undefined
}

/** One view may fail; the frame around it, and every other view, stays. */
export class ViewBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: undefined }

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    console.error('window/view-failed', error, info.componentStack)
  }

  override render(): ReactNode {
    const { error } = this.state
    if (!error) return this.props.children
    return (
      <ErrorNote
        title="This view stopped working. Nothing in the store was changed."
        error={{ code: 'window/view-failed', message: error.message, details: error.stack }}
        retry={() => this.setState({ error: undefined })}
      />
    )
  }
}
