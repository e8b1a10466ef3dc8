/** The client in a page: signs, sends, listens and reads, and gives back what it saw. */
import { calls, connectLedger, signerOf } from "../../../host/client/index.js";

Object.assign(globalThis, {
  async visit(url: string, amountRao: string) {
    const ledger = connectLedger(url);
    const [alice, bob] = [signerOf("//Alice"), signerOf("//Bob")];
    const heard: string[] = [];
    const end = url.startsWith("ws") ? await ledger.subscribe(({ digest }) => heard.push(digest)) : undefined;
    const pay = calls.balances.transferKeepAlive({ to: bob.address, amountRao: BigInt(amountRao) });
    const tried = await ledger.dryRunAs(alice.address, pay);
    const { succeeded, digest } = await ledger.send(alice, pay);
    const balance = await ledger.balanceRao(bob.address);
    const { dayBlocks } = await ledger.governance.parameters();
    await end?.();
    await ledger.close();
    return { accepted: tried.accepted, succeeded, digest, balance: balance.toString(), dayBlocks, heard };
  },
});
