/** The verbs that speak to a node: `yuma ledger`, `stake`, `subnet`, and those of `wallet` that need one. */
import { type Command, Option } from "commander";
import { jsonOptions, type Run, wholeOf } from "../../options.js";
import { GOVERNANCE_VERBS } from "./governanceVerbs.js";
import { STAKE_VERBS } from "./stakeVerbs.js";
import { SUBNET_VERBS } from "./subnetVerbs.js";
import { addCallVerbs, nodeOptions, sendOptions, signerOptions } from "./verb.js";
import { WALLET_VERBS } from "./walletVerbs.js";

const LAST_BLOCK = 2 ** 32 - 1;
const netuid = () =>
  new Option("--netuid <netuid>", "the subnet").argParser(wholeOf("netuid", 0, 65_535)).makeOptionMandatory();
const sudo = () => new Option("--sudo", "as root, by the root key");
const address = () => new Option("--address <address>", "of this account; else of the wallet's coldkey");

const queries = () => import("./queries.js");
const nodeVerbs = () => import("./nodeVerbs.js");
const parameters = () => import("./parameters.js");
const stores = () => import("./stores.js");
const data = () => new Option("--data <folder>", "of yuma devnet, which is not running").makeOptionMandatory();

/** Adds the verbs; `wallet` has its own already. */
export function registerLedger(program: Command, run: Run, wallet: Command): void {
  addCallVerbs(wallet, run, WALLET_VERBS);
  signerOptions(nodeOptions(wallet.command("balance").description("free TAO, and what stakes are worth")))
    .addOption(address())
    .action(run(async (options: never) => (await queries()).balance(options)));
  signerOptions(nodeOptions(wallet.command("faucet").description("on a devnet: TAO for nothing")))
    .addOption(address())
    .option("--amount <tao>", "in TAO", "1000")
    .action(run(async (options: never) => (await nodeVerbs()).faucet(options)));

  const stake = program.command("stake").description("stake, takes, children, root dividends and locks, on a node");
  signerOptions(nodeOptions(stake.command("list").description("an account's stakes, and what they are worth")))
    .addOption(address())
    .action(run(async (options: never) => (await queries()).stakes(options)));
  addCallVerbs(stake, run, STAKE_VERBS);

  registerSubnet(program.command("subnet").description("subnets, neurons, parameters and weights, on a node"), run);
  registerGovernance(
    program.command("governance").description("proposals and votes of those who hold stake, on a node"),
    run,
  );
  registerNode(program.command("ledger").description("a node's blocks and state, any call, and a devnet's time"), run);
}

function registerSubnet(subnet: Command, run: Run): void {
  nodeOptions(subnet.command("list").description("the subnets, their pools and prices")).action(
    run(async (options: never) => (await queries()).subnets(options)),
  );
  nodeOptions(subnet.command("show").description("a subnet's neurons"))
    .addOption(netuid())
    .action(run(async (options: never) => (await queries()).neurons(options)));
  nodeOptions(subnet.command("hyperparameters").description("a subnet's parameters"))
    .addOption(netuid())
    .action(run(async (options: never) => (await parameters()).hyperparameters(options)));
  nodeOptions(subnet.command("snapshot").description("the epoch as it would run now, for yuma epoch and yuma explain"))
    .addOption(netuid())
    .action(run(async (options: never) => (await queries()).snapshot(options)));
  sendOptions(subnet.command("set").description("set a parameter, as the subnet's owner or with --sudo as root"))
    .addOption(netuid())
    .requiredOption("--param <name>", "such as tempo, kappa, commit_reveal_weights_enabled")
    .requiredOption("--value <value>", "raw; several, as alpha_values has, separated by commas")
    .addOption(sudo())
    .action(run(async (options: never) => (await parameters()).set(options)));
  addCallVerbs(subnet, run, SUBNET_VERBS);
}

function registerGovernance(governance: Command, run: Run): void {
  const proposals = () => import("./proposals.js");
  nodeOptions(governance.command("list").description("every proposal and where it stands")).action(
    run(async (options: never) => (await proposals()).list(options)),
  );
  nodeOptions(governance.command("show").description("a proposal and its votes"))
    .argument("<proposal>", "its number", wholeOf("proposal", 0, LAST_BLOCK))
    .action(run(async (id: never, options: never) => (await proposals()).show(id, options)));
  signerOptions(
    nodeOptions(governance.command("power").description("what an account votes with, and who votes for it")),
  )
    .addOption(address())
    .option("--proposal <number>", "on this one, which is voted on; else now", wholeOf("proposal", 0, LAST_BLOCK))
    .action(run(async (options: never) => (await proposals()).power(options)));
  signerOptions(nodeOptions(governance.command("delegators").description("whom a hotkey may vote for")))
    .option("--hotkey <key>", "of the wallet by name, an address, or //Key", "default")
    .action(run(async (options: never) => (await proposals()).delegators(options)));
  nodeOptions(governance.command("parameters").description("what proposals are held to, by kind of call")).action(
    run(async (options: never) => (await proposals()).parameters(options)),
  );
  sendOptions(governance.command("propose").description("propose a call, to be made as root"))
    .argument("<call>", "such as admin.setKappa; yuma ledger calls lists them")
    .argument("[arguments...]", "field=value, as yuma ledger call takes them")
    .action(
      run(async (name: never, words: never, options: never) => (await proposals()).propose(name, words, options)),
    );
  addCallVerbs(governance, run, GOVERNANCE_VERBS);
}

function registerNode(ledger: Command, run: Run): void {
  nodeOptions(ledger.command("info").description("which network, which block, how blocks come")).action(
    run(async (options: never) => (await nodeVerbs()).info(options)),
  );
  nodeOptions(ledger.command("block").description("a block and what it reported; else the last"))
    .argument("[height]", "its number", wholeOf("height", 0, LAST_BLOCK))
    .action(run(async (height: never, options: never) => (await nodeVerbs()).block(height, options)));
  nodeOptions(ledger.command("watch").description("each new block as it comes"))
    .option("--blocks <k>", "end after so many", wholeOf("blocks", 1, 1_000_000))
    .action(run(async (options: never) => (await nodeVerbs()).watch(options)));
  nodeOptions(ledger.command("state").description("a value of the state, or all below the keys given"))
    .argument("<item>", "such as SubtensorModule.Tempo")
    .argument("[keys...]", "netuids, addresses, //Keys")
    .action(run(async (item: never, keys: never, options: never) => (await nodeVerbs()).state(item, keys, options)));
  jsonOptions(ledger.command("items").description("the items of the state")).action(
    run(async (options: never) => (await nodeVerbs()).items(options)),
  );
  jsonOptions(ledger.command("calls").description("every call and its arguments"))
    .argument("[area]", "of this area alone")
    .action(run(async (area: never, options: never) => (await nodeVerbs()).listCalls(area, options)));
  sendOptions(ledger.command("call").description("make any call"))
    .argument("<call>", "such as balances.transferKeepAlive")
    .argument("[arguments...]", 'field=value; amounts in rao, or TAO as 1.5tao; calls as {"area.name": {…}}')
    .addOption(sudo())
    .option("--use-hotkey", "sign by the hotkey")
    .option("--hotkey <key>", "which", "default")
    .action(run(async (name: never, words: never, options: never) => (await nodeVerbs()).call(name, words, options)));
  registerTime(ledger, run);
  registerStores(ledger, run);
}

/** What only devnets have: their time. */
function registerTime(ledger: Command, run: Run): void {
  nodeOptions(ledger.command("produce").description("on a devnet: make blocks"))
    .argument("[blocks]", "how many", wholeOf("blocks", 1, 1_000_000), 1)
    .action(
      run(async (blocks: number, options: never) => (await nodeVerbs()).move(options, (one) => one.forward(blocks))),
    );
  nodeOptions(ledger.command("epoch").description("on a devnet: make blocks until a subnet's next epoch has run"))
    .addOption(netuid())
    .action(
      run(async (options: never) =>
        (await nodeVerbs()).move(options, (one) => one.toNextEpoch((options as { netuid: number }).netuid)),
      ),
    );
  nodeOptions(ledger.command("rewind").description("on a devnet: go back to a block, and forget those after it"))
    .argument("<height>", "its number", wholeOf("height", 0, LAST_BLOCK))
    .action(
      run(async (height: number, options: never) => (await nodeVerbs()).move(options, (one) => one.rewind(height))),
    );
}

/** What needs no node: its store. */
function registerStores(ledger: Command, run: Run): void {
  jsonOptions(ledger.command("export").description("a backup of a store, checked, as a file"))
    .addOption(data())
    .requiredOption("--out <file>", "gzipped where it ends in .gz; - is standard output")
    .action(run(async (options: never) => (await stores()).exportTo(options)));
  jsonOptions(ledger.command("import").description("a store out of a backup, checked, in a new folder"))
    .argument("<file>", "what export wrote; - is standard input")
    .addOption(data())
    .action(run(async (file: string, options: never) => (await stores()).importFrom(file, options)));
  jsonOptions(ledger.command("check").description("whether a store is whole"))
    .addOption(data())
    .option("--replay", "apply every block again, signatures included; takes as long as they took")
    .action(run(async (options: never) => (await stores()).check(options)));
}
