/** The metagraph: every uid with its numbers, sorted and filtered, computed beside recorded. */
import { useMemo, useState } from "preact/hooks";
import type { Opened } from "../engine/types.js";
import { plural } from "./format.js";
import { MetagraphTable } from "./metagraphTable.js";
import { type Differences, differencesOf, type Role, rolesOf, type Sorting, uidsShown } from "./rows.js";

const NO_DIFFERENCES: Differences = new Map();

/** The section with its filters. */
export function Metagraph({ opened }: { readonly opened: Opened | null }) {
  const [sorting, setSorting] = useState<Sorting>({ column: "emission", descending: true });
  const [words, setWords] = useState("");
  const [role, setRole] = useState<Role>("all");
  const [beside, setBeside] = useState(false);
  const differences = useMemo(() => (opened === null ? NO_DIFFERENCES : differencesOf(opened)), [opened]);
  const roles = rolesOf(opened);
  const chosen = roles.includes(role) ? role : "all";
  const uids = useMemo(
    () => (opened === null ? [] : uidsShown(opened, differences, { sorting, words, role: chosen })),
    [opened, differences, sorting, words, chosen],
  );
  const isRecorded = (opened?.fields.length ?? 0) > 0;
  return (
    <section class="metagraph" aria-labelledby="metagraph">
      <div class="bar">
        <h2 id="metagraph">Metagraph</h2>
        <p class="quiet" role="status">
          {opened === null
            ? " "
            : uids.length === opened.n
              ? plural(opened.n, "uid")
              : `${uids.length} of ${plural(opened.n, "uid")}`}
        </p>
        <div class="filters">
          <input
            type="search"
            placeholder={opened?.hotkeys ? "uid or hotkey" : "uid"}
            aria-label="Find a uid or a hotkey"
            value={words}
            onInput={({ currentTarget }) => setWords(currentTarget.value)}
          />
          <fieldset class="choice">
            <legend class="hidden">Uids shown</legend>
            {roles.map((each) => (
              <label key={each}>
                <input type="radio" name="role" checked={chosen === each} onChange={() => setRole(each)} />
                <span>{each}</span>
              </label>
            ))}
          </fieldset>
          {isRecorded && (
            <label class="check">
              <input
                type="checkbox"
                checked={beside}
                onChange={({ currentTarget }) => setBeside(currentTarget.checked)}
              />
              Recorded beside computed
            </label>
          )}
        </div>
      </div>
      <MetagraphTable
        opened={opened}
        uids={uids}
        differences={differences}
        sorting={sorting}
        onSort={setSorting}
        beside={beside && isRecorded}
      />
    </section>
  );
}
