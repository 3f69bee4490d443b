// Connects with no custom types, and decodes every block, extrinsic and event of the chain.
//
//   TALLY_URL=ws://127.0.0.1:9944 node decode.mjs [EVENT ...]
//
// Each EVENT, such as inference.ReceiptAccepted, must occur. Ends with 1 and a reason if anything
// cannot be decoded, an extrinsic failed, or an event does not encode to the same bytes again.
import { ApiPromise, WsProvider } from '@polkadot/api';

const url = process.env.TALLY_URL ?? 'ws://127.0.0.1:9944';
const expected = process.argv.slice(2);

const api = await ApiPromise.create({ provider: new WsProvider(url), noInitWarn: true });
const head = (await api.rpc.chain.getHeader()).number.toNumber();
const events = new Map();
let extrinsics = 0;
let failures = [];

for (let number = 1; number <= head; number += 1) {
  const hash = await api.rpc.chain.getBlockHash(number);
  const { block } = await api.rpc.chain.getBlock(hash);
  for (const [index, extrinsic] of block.extrinsics.entries()) {
    extrinsics += 1;
    const { section, method } = extrinsic.method;
    if (!section || !method || extrinsic.method.toU8a().length < 2) {
      failures.push(`block ${number}, extrinsic ${index}: no call`);
    }
  }
  const at = await api.at(hash);
  const records = await at.query.system.events();
  const raw = await api.rpc.state.getStorage(api.query.system.events.key(), hash);
  if (records.toHex() !== raw.toHex()) {
    failures.push(`block ${number}: the events do not encode to the bytes they came from`);
  }
  for (const { event } of records) {
    const name = `${event.section}.${event.method}`;
    // A field that was not understood has no readable form.
    JSON.stringify(event.toHuman());
    events.set(name, (events.get(name) ?? 0) + 1);
    if (name === 'system.ExtrinsicFailed') {
      const [error] = event.data;
      const reason = error.isModule ? api.registry.findMetaError(error.asModule).name : error.toString();
      failures.push(`block ${number}: an extrinsic failed with ${reason}`);
    }
  }
}
for (const [pallet, item] of [['registry', 'artifacts'], ['credits', 'plans'], ['provenance', 'anchors']]) {
  const entries = await api.query[pallet][item].entries();
  for (const [, value] of entries) JSON.stringify(value.toHuman());
  console.log(`${pallet}.${item}: ${entries.length} decoded`);
}
for (const name of expected) {
  if (!events.has(name)) failures.push(`no event ${name} in ${head} blocks`);
}

console.log(`${head} blocks, ${extrinsics} extrinsics, ${[...events.values()].reduce((a, b) => a + b, 0)} events decoded`);
for (const [name, count] of [...events].sort()) console.log(`  ${name}: ${count}`);
await api.disconnect();
if (failures.length > 0) {
  for (const failure of failures) console.error(`FAILED: ${failure}`);
  process.exit(1);
}
