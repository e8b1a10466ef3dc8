/** kill -9 at random moments of a run on disk: after each the store has every block that was told of, and no half of another. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { memoryStore } from "../../../host/ledger/store/memory.js";
import { openStore } from "../../../host/ledger/store/node.js";
import { PROJECT } from "../../support/root.js";
import { Draw } from "./draw.js";
import { nextBlock, openRun } from "./durable.js";

const VICTIM = fileURLToPath(new URL("dist/test/ledger/sim/victim.js", PROJECT));

/** When a run is killed: so long after it told of so many blocks. */
export interface Moment {
  readonly blocks: number;
  readonly ms: number;
}

/** What a kill left: the last height told, the height found. */
export interface Kill extends Moment {
  readonly told: number;
  readonly found: number;
}

/**
 * Kills the run so many times, each time after 1 to `most.blocks` blocks and up to `most.ms` more, and goes on with it. Throws where the
 * store lacks a block it told of, has more than one it did not, or has another digest than a run that nobody disturbs.
 */
export async function killOften(seed: number, times: number, most: Moment): Promise<readonly Kill[]> {
  const draw = new Draw(seed);
  const folder = mkdtempSync(join(tmpdir(), "yuma-killed-"));
  const undisturbed = await openRun(memoryStore());
  const kills: Kill[] = [];
  try {
    for (let k = 0; k < times; k++) {
      const moment = { blocks: 1 + draw.below(most.blocks), ms: draw.below(most.ms) };
      const told = await toldUntilKilled(folder, seed, moment);
      const ledger = await openRun(openStore(folder));
      const { height: found, digest } = ledger;
      await ledger.close();
      if (found < told || found > told + 1) throw new Error(`${told} was told of, ${found} was found`);
      while (undisturbed.height < found) await nextBlock(undisturbed, seed);
      if (undisturbed.digest !== digest) throw new Error(`block ${found} is another than without the kills`);
      kills.push({ ...moment, told, found });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return kills;
}

/** The last height the victim told of before it was killed. Its first word is the height it opened at. */
function toldUntilKilled(folder: string, seed: number, { blocks, ms }: Moment): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [VICTIM, folder, String(seed)], { stdio: ["ignore", "pipe", "inherit"] });
    let text = "";
    let isDoomed = false;
    const heights = () => text.slice(0, text.lastIndexOf("\n")).split("\n");
    child.stdout.on("data", (chunk) => {
      text += chunk;
      if (isDoomed || heights().length <= blocks) return;
      isDoomed = true;
      setTimeout(() => child.kill("SIGKILL"), ms);
    });
    child.on("error", reject);
    child.on("close", (_code, signal) => {
      if (signal !== "SIGKILL") reject(new Error("the run ended by itself"));
      else resolve(Number(heights().at(-1)));
    });
  });
}
