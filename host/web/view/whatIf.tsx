/** What if: a few settings and one validator, changed by hand; every number on the page follows at once. */
import { useState } from "preact/hooks";
import { proportion } from "../../units.js";
import { type Change, readWeights, weightsText } from "../engine/change.js";
import type { RemoteEngine } from "../engine/client.js";
import type { Opened } from "../engine/types.js";
import { useRow } from "./useRow.js";

const ONE = 65_535;

interface WhatIfProps {
  readonly engine: RemoteEngine;
  readonly opened: Opened | null;
  readonly mechid: number;
  readonly change: Change | null;
  readonly onChange: (change: Change | null) => void;
  readonly onSave: () => void;
  /** The address that shows this change to others, or null where what is open has none. */
  readonly link: string | null;
}

/** The panel. */
export function WhatIf({ engine, opened, mechid, change, onChange, onSave, link }: WhatIfProps) {
  const settings = opened?.settings;
  const set = (part: Change) => onChange({ ...change, ...part });
  const isLiquid = change?.liquidAlpha ?? settings?.liquidAlpha ?? false;
  const slider = (field: "kappa" | "bondsPenalty" | "alphaLow" | "alphaHigh", title: string, isOff = false) => (
    <Slider
      title={title}
      value={change?.[field] ?? settings?.[field] ?? 0}
      was={settings?.[field] ?? 0}
      isOff={isOff || opened === null}
      onValue={(value) => set({ [field]: value })}
    />
  );
  return (
    <section class="whatIf" aria-labelledby="whatIf">
      <div class="bar">
        <h2 id="whatIf">What if</h2>
        <p class="quiet">Change a value; every number follows, the one before stays beneath it.</p>
        <div class="filters">
          <Copy link={change === null ? null : link} />
          <button type="button" disabled={change === null} onClick={onSave}>
            Save
          </button>
          <button type="button" disabled={change === null} onClick={() => onChange(null)}>
            Reset
          </button>
        </div>
      </div>
      <div class="controls">
        {slider("kappa", "Kappa")}
        {slider("bondsPenalty", "Bonds penalty")}
        <label class="check">
          <input
            type="checkbox"
            checked={isLiquid}
            disabled={!settings?.yuma3}
            onChange={({ currentTarget }) => set({ liquidAlpha: currentTarget.checked })}
          />
          Liquid alpha
        </label>
        {slider("alphaLow", "Alpha low", !isLiquid)}
        {slider("alphaHigh", "Alpha high", !isLiquid)}
      </div>
      <div class="controls of">
        <Validator engine={engine} opened={opened} mechid={mechid} change={change} onChange={onChange} />
      </div>
    </section>
  );
}

function Slider(props: {
  readonly title: string;
  readonly value: number;
  readonly was: number;
  readonly isOff: boolean;
  readonly onValue: (value: number) => void;
}) {
  const { title, value, was, isOff, onValue } = props;
  return (
    <label class={`slider ${value === was ? "" : "moved"}`}>
      <span>
        {title} <output>{proportion(value)}</output>
      </span>
      <input
        type="range"
        min={0}
        max={ONE}
        step={1}
        value={value}
        disabled={isOff}
        onInput={({ currentTarget }) => onValue(Number(currentTarget.value))}
      />
    </label>
  );
}

/** One validator's stake and weights. */
function Validator(props: Pick<WhatIfProps, "engine" | "opened" | "mechid" | "change" | "onChange">) {
  const { engine, opened, mechid, change, onChange } = props;
  const [fault, setFault] = useState<string | null>(null);
  const permitted = (opened?.numbers.validatorPermit ?? []).flatMap((permit, uid) => (permit ? [uid] : []));
  const stake = opened?.numbers.stakeWeight ?? [];
  const validators = permitted.sort((a, b) => (stake[b] ?? 0) - (stake[a] ?? 0));
  const uid = change?.uid;
  const { uid: _, stakePercent: __, weights: ___, ...settings } = change ?? {};
  const percent = change?.stakePercent ?? 100;
  const stored = useRow(engine, opened, uid, mechid);
  const row = change?.weights ?? stored;
  return (
    <>
      <label class="validator">
        Validator
        <select
          value={uid ?? ""}
          onChange={({ currentTarget }) => {
            setFault(null);
            const chosen = currentTarget.value === "" ? settings : { ...settings, uid: Number(currentTarget.value) };
            onChange(Object.keys(chosen).length === 0 ? null : chosen);
          }}
        >
          <option value="">none</option>
          {validators.map((one) => (
            <option key={one} value={one}>
              uid {one}
            </option>
          ))}
        </select>
      </label>
      <label class={`slider ${percent === 100 ? "" : "moved"}`}>
        <span>
          Its stake <output>{percent} %</output>
        </span>
        <input
          type="range"
          min={0}
          max={400}
          step={5}
          value={percent}
          disabled={uid === undefined}
          onInput={({ currentTarget }) => onChange({ ...change, stakePercent: Number(currentTarget.value) })}
        />
      </label>
      <label class="weights">
        Its weights
        <input
          type="text"
          spellcheck={false}
          placeholder="uid:value, uid:value …"
          disabled={uid === undefined}
          value={weightsText(row)}
          aria-invalid={fault !== null}
          onChange={({ currentTarget }) => {
            try {
              onChange({ ...change, weights: readWeights(currentTarget.value) });
              setFault(null);
            } catch (error) {
              setFault((error as Error).message);
            }
          }}
        />
        {fault !== null && <span role="alert">{fault}</span>}
      </label>
    </>
  );
}

function Copy({ link }: { readonly link: string | null }) {
  const [isCopied, setCopied] = useState(false);
  return (
    <button
      type="button"
      disabled={link === null}
      title={link === null ? "A file has no address to share; save it instead" : link}
      onClick={async () => {
        // Where the clipboard is not ours, the address bar holds the same link.
        await navigator.clipboard?.writeText(link ?? "").catch(() => {});
        setCopied(true);
        setTimeout(() => setCopied(false), 2_000);
      }}
    >
      {isCopied ? "Copied" : "Copy link"}
    </button>
  );
}
