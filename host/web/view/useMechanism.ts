/** Which mechanism is looked at, and what is open with its incentive. */
import { useMemo, useState } from "preact/hooks";
import type { Numbers, Opened } from "../engine/types.js";

/** `shown` is what is open under the change in force, `before` the numbers without it where there is one. */
export function useMechanism(opened: Opened | null, numbers: Numbers | null) {
  const [wanted, setMechid] = useState(0);
  const mechid = wanted < (opened?.mechanisms ?? 1) ? wanted : 0;
  const shown = useMemo(
    () => opened && { ...opened, numbers: ofMechanism(numbers ?? opened.numbers, mechid) },
    [opened, numbers, mechid],
  );
  const isChanged = numbers !== null;
  const before = useMemo(
    () => (isChanged && opened ? ofMechanism(opened.numbers, mechid) : null),
    [opened, isChanged, mechid],
  );
  return { mechid, setMechid, shown, before };
}

/** The numbers with the incentive of one mechanism. */
function ofMechanism(numbers: Numbers, mechid: number): Numbers {
  return { ...numbers, incentive: numbers.incentives[mechid] ?? numbers.incentive };
}
