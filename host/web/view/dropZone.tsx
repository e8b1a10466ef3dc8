/** The whole page takes files that are dropped on it. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

/** Children, and a veil over them while files are held above. */
export function DropZone(props: {
  readonly onFiles: (files: readonly File[]) => void;
  readonly children: ComponentChildren;
}) {
  const [isOver, setOver] = useState(false);
  const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one of three ways; the button is for every hand
    <div
      class="page"
      onDragOver={(event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (event.relatedTarget === null) setOver(false);
      }}
      onDrop={(event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        setOver(false);
        props.onFiles([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      {props.children}
      {isOver && (
        <div class="veil">
          <p>Drop a snapshot, a bundle of evidence, or recorded outputs</p>
        </div>
      )}
    </div>
  );
}
