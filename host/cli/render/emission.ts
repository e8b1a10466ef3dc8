/** Emission for people: the halvings, a block's shares, and the flows of one subnet as a tree. */
import type { EmissionFlow, FlowPlace } from "../../api/emission/flows.js";
import type { CoinbaseResult, EmissionEra, ProjectedEra, SubnetEmission } from "../../api/emission/types.js";
import { decimal, fromRao, grouped, percent } from "../../units.js";
import { colour } from "./colour.js";
import { type Column, printable, table } from "./table.js";

const BLOCKS_PER_DAY = 7200n;
const NAME_SHOWN = 24;
const SHARE_DIGITS = 4;
const FRACTION_64 = 64;
const BAR_CELLS = 20n;

/** The halvings as a table; dates where they were projected. */
export function scheduleTable(eras: readonly (EmissionEra | ProjectedEra)[]): string {
  const isDated = eras.some((era) => "date" in era);
  const columns: Column[] = [
    { title: "halvings" },
    { title: "from issuance (TAO)" },
    { title: "a block (TAO)" },
    { title: "a day (TAO)" },
    ...(isDated ? [{ title: "after (blocks)" }, { title: "date (UTC)", words: true }] : []),
  ];
  const rows = eras.map((era) => [
    String(era.halvings),
    fromRao(era.fromIssuance),
    fromRao(era.blockEmission),
    fromRao(era.blockEmission * BLOCKS_PER_DAY),
    ...("date" in era ? [era.afterBlocks === null ? "never" : grouped(era.afterBlocks), minute(era)] : []),
  ]);
  return table(columns, rows);
}

function minute({ date, afterBlocks }: ProjectedEra): string {
  if (date !== null) return date.slice(0, -8).replace("T", " ");
  return afterBlocks === null ? "" : "beyond the calendar";
}

/** What the block is, one line. */
export function blockHeadline(block: CoinbaseResult): string {
  const label = block.name === undefined ? "" : `${colour.bold(printable(block.name, NAME_SHOWN * 2))}: `;
  const root = block.isRootSelling ? "root dividends are paid" : "root dividends are recycled";
  return `${label}block ${grouped(block.currentBlock)}, ${fromRao(block.blockEmission)} TAO minted, ${root}`;
}

/** One line a subnet. */
export function blockTable(block: CoinbaseResult): string {
  const hasNames = block.subnets.some(({ name }) => name !== undefined);
  const toRoot = block.isRootSelling ? "root (alpha)" : "recycled (alpha)";
  const columns: Column[] = [
    { title: "netuid" },
    ...(hasNames ? [{ title: "name", words: true }] : []),
    { title: "share" },
    { title: "to pool (TAO)" },
    { title: "buys (TAO)" },
    { title: "to pool (alpha)" },
    { title: "owner (alpha)" },
    { title: "miners (alpha)" },
    { title: "validators (alpha)" },
    { title: toRoot },
  ];
  const rows = block.subnets.map((subnet) => [
    String(subnet.netuid),
    ...(hasNames ? [printable(subnet.name ?? "", NAME_SHOWN)] : []),
    subnet.isEligible ? shareOf(subnet) : "may not earn",
    ...[
      subnet.terms.taoIn,
      subnet.terms.excessTao,
      subnet.terms.alphaIn,
      subnet.split.owner,
      subnet.split.server,
      subnet.split.validator,
      subnet.split.root + subnet.split.recycled,
    ].map((rao) => (subnet.isEligible ? fromRao(rao) : "")),
  ]);
  return table(columns, rows);
}

function shareOf({ shares }: SubnetEmission): string {
  return `${decimal(shares.paidBits * 100n, FRACTION_64, SHARE_DIGITS)} %`;
}

/** Sums and rules. */
export function blockTotals(block: CoinbaseResult): string {
  const sum = (pick: (subnet: SubnetEmission) => bigint) => block.subnets.reduce((all, one) => all + pick(one), 0n);
  const { rules } = block;
  const gate =
    block.gateBarBits === null ? "no gate" : `gate by ${rules.emissionGate}, bar ${share(block.gateBarBits)}`;
  const name = rules.specVersion === null ? "given by hand" : `spec ${rules.specVersion}`;
  const lines: readonly (readonly [string, string])[] = [
    [
      "to pools ",
      `${fromRao(sum(({ terms }) => terms.taoIn))} TAO, ${fromRao(sum(({ terms }) => terms.alphaIn))} alpha`,
    ],
    ["buys     ", `alpha for ${fromRao(sum(({ terms }) => terms.excessTao))} TAO`],
    ["recycled ", `${fromRao(block.unspent)} TAO of the block`],
    ["rules    ", `${name}: shares by ${SHARES[rules.emissionShares ?? "priceBurn"]}, ${gate}`],
  ];
  return lines.map(([title, text]) => `${colour.dim(title)} ${text}`).join("\n");
}

const SHARES = {
  none: "nothing",
  price: "moving price",
  flow: "TAO flow",
  priceBurn: "moving price less what miners are not paid",
} as const;

const share = (bits: bigint) => decimal(bits, FRACTION_64, 7);

/** Which subnet it is, one line. */
export function subnetHeadline(block: CoinbaseResult, subnet: SubnetEmission): string {
  const label = subnet.name === undefined ? "" : ` ${colour.bold(printable(subnet.name, NAME_SHOWN))}`;
  return `Subnet ${subnet.netuid}${label}, block ${grouped(block.currentBlock)}: where its emission goes`;
}

const PLACES: Readonly<Record<FlowPlace, string>> = {
  block: "minted in the block",
  otherSubnets: "other subnets",
  subnet: "this subnet",
  pool: "into the pool",
  purchase: "buys alpha",
  participants: "to participants",
  owner: "owner",
  miners: "miners",
  validators: "validators",
  root: "root",
  recycled: "recycled",
  rounding: "lost to rounding",
};

/** The flows as two trees, of TAO and of alpha; every amount with its unit, its part of the whole, and a bar. */
export function subnetTables(block: CoinbaseResult, subnet: SubnetEmission, flows: readonly EmissionFlow[]): string {
  if (!subnet.isEligible)
    return "It may not earn: it has not started, or its token or its registration is switched off.";
  const alpha = flows.filter(({ unit, from }) => unit === "alpha" && from === "subnet");
  const made = alpha.reduce((sum, { rao }) => sum + rao, 0n);
  const trees = [
    ["TAO", PLACES.block, block.blockEmission, "block"],
    ["alpha", "made in the block", made, "subnet"],
  ] as const;
  const text = trees.map(([unit, title, whole, root]) => {
    const columns = [
      { title: "", words: true },
      { title: `${unit} a block` },
      { title: "part" },
      { title: "", words: true },
    ];
    const own = flows.filter((flow) => flow.unit === unit);
    return table(columns, [line(title, whole, whole), ...branches(own, root, "", whole)]);
  });
  return text.join("\n\n");
}

/** The lines below a place, drawn as branches. */
function branches(flows: readonly EmissionFlow[], from: FlowPlace, indent: string, whole: bigint): string[][] {
  const below = flows.filter((flow) => flow.from === from && (flow.rao > 0n || flow.to !== "rounding"));
  return below.flatMap(({ to, rao }, i) => {
    const isLast = i === below.length - 1;
    const deeper = branches(flows, to, `${indent}${isLast ? "   " : "│  "}`, whole);
    return [line(`${indent}${isLast ? "└─ " : "├─ "}${PLACES[to]}`, rao, whole), ...deeper];
  });
}

function line(title: string, rao: bigint, whole: bigint): string[] {
  const cells = whole === 0n ? 0n : (rao * BAR_CELLS * 2n + whole) / (whole * 2n);
  return [title, fromRao(rao), percent(rao, whole), colour.cyan("█".repeat(Number(cells)))];
}
