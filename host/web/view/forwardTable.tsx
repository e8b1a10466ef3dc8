/** The chart of epochs to come as a table: an epoch a row, a uid a column. */
import { grouped } from "./format.js";
import type { Line } from "./lineChart.js";

/** The table, shut at first. */
export function ForwardTable(props: {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly blocks: readonly bigint[];
}) {
  const { title, lines, blocks } = props;
  return (
    <details>
      <summary>As a table</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reached by the keyboard */}
      <section class="across" tabIndex={0} aria-label={`${title}, scrolls`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Epoch</th>
              <th scope="col">Block</th>
              {lines.map(({ uid }) => (
                <th scope="col" key={uid}>
                  uid {uid}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {blocks.map((block, epoch) => (
              <tr key={epoch}>
                <th scope="row">{epoch + 1}</th>
                <td>{grouped(block)}</td>
                {lines.map(({ uid, values }) => (
                  <td key={uid}>{(values[epoch] ?? 0).toFixed(5)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
