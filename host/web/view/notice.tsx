/** What went wrong, in a sentence, and that nothing was lost by it. */

/** The sentence, or nothing. */
export function Notice(props: {
  readonly failure: string | null;
  readonly kept: string | null;
  readonly onClose: () => void;
}) {
  return (
    <div role="alert" class="notices">
      {props.failure !== null && (
        <div class="notice">
          <p>
            {props.failure}
            {props.kept !== null && <span class="quiet"> “{props.kept}” is still open.</span>}
          </p>
          <button type="button" class="plain" onClick={props.onClose} aria-label="Close this message">
            ✕
          </button>
        </div>
      )}
    </div>
  );
}
