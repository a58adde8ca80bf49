import { Component, type ErrorInfo, type ReactNode } from 'react'
import { ErrorNote } from '../../components/error-note/ErrorNote.tsx'

interface Props {
  readonly children: ReactNode
  /** An error is of one place: another address is another attempt. */
  readonly place?: string
}

interface State {
  readonly error: Error | undefined
  readonly place: string | undefined
}

/** One view may fail; the frame around it, and every other view, stays. */
export class ViewBoundary extends Component<Props, State> {
  override state: State = { error: undefined, place: this.props.place }

  static getDerivedStateFromProps({ place }: Props, state: State): State | null {
    return place === state.place ? null : { error: undefined, place }
  }

  static getDerivedStateFromError(error: unknown): Pick<State, 'error'> {
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
