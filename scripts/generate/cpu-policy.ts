// Makes src/xen/machine/cpu-policy-data.ts from the recordings of `xen-cpuid` and `xen-cpuid -p` in data/conformance:
// `node --import tsx scripts/generate/cpu-policy.ts`. xen-cpuid omits leaves of zeroes; they are added here, in the order of Xen's
// serialisation, and checked against the count that xen-cpuid prints.

import { readFileSync, writeFileSync } from 'node:fs';
import { featuresetNames } from '../../src/xen/machine/featureset-names.ts';

const data = 'data/conformance/tools';
const target = 'src/xen/machine/cpu-policy-data.ts';
const NO_SUBLEAF = 0xffffffff;

type Leaf = [leaf: number, subleaf: number, a: number, b: number, c: number, d: number];
interface Policy {
  name: string;
  leaves: Leaf[];
  msrs: [index: number, value: string][];
}

/** In the order of the public header's numbers. */
const policyNames = ['Raw', 'Host', 'PV Max', 'HVM Max', 'PV Default', 'HVM Default'];

const policies = parsePolicies(readFileSync(`${data}/xen-cpuid-p.out`, 'utf8'));
const featuresets = parseFeaturesets(readFileSync(`${data}/xen-cpuid.out`, 'utf8'));
const ordered = policyNames.map((name) => policies.get(name) ?? fail(`no policy ${name}`));
const sets = featuresetNames.map((name) => featuresets.get(name) ?? fail(`no featureset ${name}`));
const json = JSON.stringify({ policies: ordered, featuresets: sets });
writeFileSync(
  target,
  `// Made by scripts/generate/cpu-policy.ts.\nexport default JSON.parse(\n  '${json}',\n) as unknown;\n`,
);

function parsePolicies(text: string): Map<string, Policy> {
  const found = new Map<string, Policy>();
  let current: Policy | undefined;
  let expected = 0;
  const finish = () => {
    if (current === undefined) return;
    const leaves = serialised(current.leaves);
    if (leaves.length !== expected) fail(`policy ${current.name}: ${leaves.length} leaves, recorded ${expected}`);
    found.set(current.name, { ...current, leaves });
  };
  for (const line of text.split('\n')) {
    const head = /^(.*) policy: (\d+) leaves/.exec(line);
    const leaf = /^ {2}([\da-f]{8}):([\da-f]{8}) -> ([\da-f:]+)$/.exec(line);
    const msr = /^ {2}([\da-f]{8}) -> ([\da-f]{16})$/.exec(line);
    if (head) {
      finish();
      current = { name: head[1] ?? '', leaves: [], msrs: [] };
      expected = Number(head[2]);
    } else if (leaf && current) {
      const [a = 0, b = 0, c = 0, d = 0] = (leaf[3] ?? '').split(':').map(hex);
      current.leaves.push([hex(leaf[1]), hex(leaf[2]), a, b, c, d]);
    } else if (msr && current) {
      current.msrs.push([hex(msr[1]), msr[2] ?? '']);
    }
  }
  finish();
  return found;
}

/** All leaves that Xen serialises for a policy whose non-zero leaves are `given`. */
function serialised(given: Leaf[]): Leaf[] {
  const at = (leaf: number, subleaf: number): Leaf =>
    given.find(([l, s]) => l === leaf && s === subleaf) ?? [leaf, subleaf, 0, 0, 0, 0];
  const all: Leaf[] = [];
  const basicMax = at(0, NO_SUBLEAF)[2];
  for (let leaf = 0; leaf <= basicMax; leaf += 1) {
    if (leaf === 4) {
      // cache leaves end with the first of type 0
      for (let subleaf = 0; ; subleaf += 1) {
        all.push(at(leaf, subleaf));
        if ((at(leaf, subleaf)[2] & 0x1f) === 0) break;
      }
    } else if (leaf === 7) {
      for (let subleaf = 0; subleaf <= at(7, 0)[2]; subleaf += 1) all.push(at(leaf, subleaf));
    } else if (leaf === 0xb) {
      // two levels of topology at most; they end with the first of type 0
      for (let subleaf = 0; subleaf < 2; subleaf += 1) {
        all.push(at(leaf, subleaf));
        if ((at(leaf, subleaf)[4] & 0xff00) === 0) break;
      }
    } else if (leaf === 0xd) {
      all.push(at(leaf, 0), at(leaf, 1));
    } else {
      all.push(at(leaf, NO_SUBLEAF));
    }
  }
  all.push(at(0x40000000, NO_SUBLEAF), at(0x40000100, NO_SUBLEAF));
  const extendedMax = at(0x80000000, NO_SUBLEAF)[2];
  for (let leaf = 0x80000000; leaf <= extendedMax; leaf += 1) all.push(at(leaf, NO_SUBLEAF));
  return all;
}

function parseFeaturesets(text: string): Map<string, number[]> {
  const dynamic = text.slice(text.indexOf('Dynamic sets:'));
  const found = new Map<string, number[]>();
  for (const line of dynamic.split('\n')) {
    const match = /^(\S.*?)\s+([\da-f]{8}(?::[\da-f]{8})+)/.exec(line);
    if (match) found.set(match[1] ?? '', (match[2] ?? '').split(':').map(hex));
  }
  return found;
}

function hex(text = ''): number {
  return Number.parseInt(text, 16);
}

function fail(message: string): never {
  throw new Error(message);
}
