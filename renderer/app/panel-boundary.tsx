import { Component, type ReactNode } from "react";
import { FailureBanner } from "./failure-banner.tsx";

interface PanelBoundaryProps {
  readonly panel: string;
  readonly title: string;
  readonly children: ReactNode;
}

interface PanelBoundaryState {
  readonly error: Error | undefined;
}

/** Keeps a defect of one panel inside it: the others go on. */
export class PanelBoundary extends Component<PanelBoundaryProps, PanelBoundaryState> {
  override state: PanelBoundaryState = { error: undefined };

  static getDerivedStateFromError(error: unknown): PanelBoundaryState {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    const { panel, title } = this.props;
    return (
      <section data-panel={panel} data-state="error" aria-label={title}>
        <FailureBanner
          failure={{ reason: "internal", message: `${title} cannot be drawn: ${error.message}`, at: panel }}
          onRetry={() => this.setState({ error: undefined })}
        />
      </section>
    );
  }
}
