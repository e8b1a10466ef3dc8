/** The metagraph: every uid with its numbers, sorted and filtered, computed beside recorded. */
import { useMemo, useState } from "preact/hooks";
import type { Numbers, Opened } from "../engine/types.js";
import { plural } from "./format.js";
import { MetagraphTable } from "./metagraphTable.js";
import { type Differences, differencesOf, type Role, rolesOf, type Sorting, uidsShown } from "./rows.js";

const NO_DIFFERENCES: Differences = new Map();

/** The section with its filters. */
export function Metagraph(props: {
  readonly opened: Opened | null;
  readonly mechid: number;
  readonly onMechid: (mechid: number) => void;
  /** The numbers before a change, where there is one. */
  readonly before: Numbers | null;
  readonly chosen: number | null;
  readonly onUid: (uid: number) => void;
}) {
  const { opened, mechid, before, chosen, onUid } = props;
  const [sorting, setSorting] = useState<Sorting>({ column: "emission", descending: true });
  const [words, setWords] = useState("");
  const [role, setRole] = useState<Role>("all");
  const [beside, setBeside] = useState(false);
  const differences = useMemo(
    () => (opened === null || before !== null ? NO_DIFFERENCES : differencesOf(opened, mechid)),
    [opened, before, mechid],
  );
  const roles = rolesOf(opened);
  const shown = roles.includes(role) ? role : "all";
  const uids = useMemo(
    () => (opened === null ? [] : uidsShown(opened, differences, { sorting, words, role: shown })),
    [opened, differences, sorting, words, shown],
  );
  const isRecorded = before === null && (opened?.fields.length ?? 0) > 0;
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
        <Mechanisms opened={opened} mechid={mechid} onMechid={props.onMechid} />
        <Filters
          words={words}
          onWords={setWords}
          hasHotkeys={opened?.hotkeys !== null}
          roles={roles}
          role={shown}
          onRole={setRole}
          beside={isRecorded ? beside : null}
          onBeside={setBeside}
        />
      </div>
      <MetagraphTable
        opened={opened}
        uids={uids}
        differences={differences}
        sorting={sorting}
        onSort={setSorting}
        beside={beside && isRecorded}
        before={before}
        chosen={chosen}
        onUid={onUid}
      />
    </section>
  );
}

/** Which mechanism's incentive, weights, bonds and steps are shown, where there are several. */
function Mechanisms(props: {
  readonly opened: Opened | null;
  readonly mechid: number;
  readonly onMechid: (mechid: number) => void;
}) {
  const { opened, mechid, onMechid } = props;
  if (opened === null || opened.mechanisms < 2) return null;
  return (
    <label class="check">
      Mechanism
      <select value={mechid} onChange={({ currentTarget }) => onMechid(Number(currentTarget.value))}>
        {Array.from({ length: opened.mechanisms }, (_, one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </label>
  );
}

function Filters(props: {
  readonly words: string;
  readonly onWords: (words: string) => void;
  readonly hasHotkeys: boolean;
  readonly roles: readonly Role[];
  readonly role: Role;
  readonly onRole: (role: Role) => void;
  /** Null where nothing was recorded. */
  readonly beside: boolean | null;
  readonly onBeside: (beside: boolean) => void;
}) {
  const { words, onWords, hasHotkeys, roles, role, onRole, beside, onBeside } = props;
  return (
    <div class="filters">
      <input
        type="search"
        placeholder={hasHotkeys ? "uid or hotkey" : "uid"}
        aria-label="Find a uid or a hotkey"
        value={words}
        onInput={({ currentTarget }) => onWords(currentTarget.value)}
      />
      <fieldset class="choice">
        <legend class="hidden">Uids shown</legend>
        {roles.map((each) => (
          <label key={each}>
            <input type="radio" name="role" checked={role === each} onChange={() => onRole(each)} />
            <span>{each}</span>
          </label>
        ))}
      </fieldset>
      {beside !== null && (
        <label class="check">
          <input type="checkbox" checked={beside} onChange={({ currentTarget }) => onBeside(currentTarget.checked)} />
          Recorded beside computed
        </label>
      )}
    </div>
  );
}
