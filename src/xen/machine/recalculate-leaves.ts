import { CPUID_LEAF_BYTES } from './cpu-policy.ts';

const NO_SUBLEAF = 0xffffffff;
const EXTENDED = 0x80000000;
/** Leaves with consecutive subleaves: caches, features, topology, extended state. */
const WITH_SUBLEAVES: ReadonlySet<number> = new Set([4, 7, 0xb, 0xd]);
const LAST_BASIC = 0xd;
const LAST_EXTENDED = 0x80000021;
const LAST_FEATURES = 1;
const ALL = 0xffffffff;

type Registers = [a: number, b: number, c: number, d: number];
type Masks = readonly [a: number, b: number, c: number, d: number];

type Hidden = readonly (readonly [first: number, last: number, masks: Masks])[];

/**
 * The parts of a leaf that a guest sees, whatever was set. Derived from the answers of set_cpu_policy and get_cpu_policy on 4.14.6, 4.17.7
 * and 4.20.4, which agree (policies.policy; domctl-memory.get_cpu_policy).
 */
const hidden: Hidden = [
  // The APIC id is each virtual CPU's own.
  [1, 1, [ALL, 0xffffff, ALL, ALL]],
  [5, 6, [0, 0, 0, 0]],
  [8, 8, [0, 0, 0, 0]],
  [0xb, 0xd, [0, 0, 0, 0]],
  [0x40000000, 0x40000100, [0, 0, 0, 0]],
  [0x80000007, 0x80000007, [0, 0, 0, ALL]],
  [0x80000008, 0x80000008, [ALL, ALL, ALL, 0]],
];
/** Since 4.15, the last leaf's other registers as well. */
const hiddenOfLast: Hidden = [[LAST_EXTENDED, LAST_EXTENDED, [ALL, 0, 0, 0]]];

/** The same if the leaves describe an AMD CPU. */
const hiddenOnAmd: Hidden = [
  [2, 4, [0, 0, 0, 0]],
  [9, 0xa, [0, 0, 0, 0]],
  [0x80000008, 0x80000008, [0xffff, ALL, 0x3f0ff, 0]],
  [0x80000009, 0x80000009, [0, 0, 0, 0]],
  [0x8000000b, 0x80000018, [0, 0, 0, 0]],
  [0x8000001b, 0x80000020, [0, 0, 0, 0]],
];
/** The last extended leaf if they describe another CPU. */
const LAST_EXTENDED_OF_OTHERS = 0x80000008;

/** Registers with features, which are limited to those in the domain's maximum policy. */
const features: readonly (readonly [leaf: number, subleaf: number, registers: readonly (0 | 1 | 2 | 3)[]])[] = [
  [1, NO_SUBLEAF, [2, 3]],
  [7, 0, [1, 2, 3]],
  [7, 1, [0, 1, 2, 3]],
  [0x80000001, NO_SUBLEAF, [2, 3]],
  [0x80000007, NO_SUBLEAF, [3]],
  [0x80000008, NO_SUBLEAF, [1]],
  [0x80000021, NO_SUBLEAF, [0]],
];

/** Features that AMD repeats from leaf 1 in leaf 0x80000001. */
const MIRRORED = 0x0183f3ff;
/** Leaf 0x80000001: the machine has SVM, which leaf 0x8000000a describes. */
const SVM = 1 << 2;
const HTT = 1 << 28;
/** Leaf 0x80000001: pages of 1 GiB, whose TLBs leaf 0x80000019 describes. Without them it is empty (cpupolicy.set.*.15 on 4.20.4). */
const PAGES_OF_1_GIB = 1 << 26;

/** The leaves of a policy: for each leaf and subleaf, its registers. */
export class CpuidLeaves {
  readonly #leaves = new Map<number, Registers>();

  constructor(serialised: Uint8Array) {
    this.add(serialised);
  }

  /** Replaces leaves. */
  add(serialised: Uint8Array): void {
    const view = new DataView(serialised.buffer, serialised.byteOffset, serialised.byteLength);
    const word = (at: number) => view.getUint32(at, true);
    for (let at = 0; at < serialised.length; at += CPUID_LEAF_BYTES) {
      const registers: Registers = [word(at + 8), word(at + 12), word(at + 16), word(at + 20)];
      this.#leaves.set(keyOf(word(at), word(at + 4)), registers);
    }
  }

  get(leaf: number, subleaf = NO_SUBLEAF): Registers {
    return this.#leaves.get(keyOf(leaf, subleaf)) ?? [0, 0, 0, 0];
  }

  #set(leaf: number, subleaf: number, registers: Registers): void {
    this.#leaves.set(keyOf(leaf, subleaf), registers);
  }

  /** Removes leaves beyond the last one that their range declares. If that is ~0, removes the whole range. */
  clearOutOfRange(): void {
    const beyond = (last: number) => (last + 1) >>> 0;
    const basic = beyond(this.get(0)[0]);
    const subleaf = beyond(this.get(7, 0)[0]);
    const last = this.get(EXTENDED)[0];
    const extended = last >= EXTENDED ? EXTENDED + (last & 0xffff) + 1 : EXTENDED;
    for (const key of [...this.#leaves.keys()]) {
      const [leaf, sub] = [leafOf(key), subleafOf(key)];
      const gone =
        leaf >= EXTENDED ? leaf >= extended : leaf <= LAST_BASIC && (leaf >= basic || (leaf === 7 && sub >= subleaf));
      if (gone) this.#leaves.delete(key);
    }
  }

  /**
   * Reduces the leaves to those that a domain may see. `most`: the maximum policy for its type. `first`: like 4.14, which hides no part of
   * the last leaf and keeps SVM.
   */
  recalculate(most: CpuidLeaves, first = false): void {
    for (const [leaf, subleaf, registers] of features) {
      const [mine, theirs] = [this.get(leaf, subleaf), most.get(leaf, subleaf)];
      for (const register of registers) {
        const kept = leaf === 1 && register === 3 ? theirs[register] | HTT : theirs[register];
        mine[register] = (mine[register] & kept) >>> 0;
      }
      if (this.#leaves.has(keyOf(leaf, subleaf))) this.#set(leaf, subleaf, mine);
    }
    this.#hide(hidden);
    if (!first) this.#hide(hiddenOfLast);
    if (this.vendor !== 'amd') {
      const head = this.get(EXTENDED);
      head[0] = Math.min(head[0], LAST_EXTENDED_OF_OTHERS);
      if (this.#leaves.has(keyOf(EXTENDED, NO_SUBLEAF))) this.#set(EXTENDED, NO_SUBLEAF, head);
      return;
    }
    this.#hide(hiddenOnAmd);
    const extended = this.#leaves.get(keyOf(0x80000001, NO_SUBLEAF));
    if (extended === undefined) return;
    extended[3] = ((extended[3] & ~MIRRORED) | (this.get(1)[3] & MIRRORED)) >>> 0;
    if (first) extended[2] = (extended[2] & ~SVM) >>> 0;
    if ((extended[2] & SVM) === 0 && this.#leaves.has(keyOf(0x8000000a, NO_SUBLEAF))) {
      this.#set(0x8000000a, NO_SUBLEAF, [0, 0, 0, 0]);
    }
    if ((extended[3] & PAGES_OF_1_GIB) === 0 && this.#leaves.has(keyOf(0x80000019, NO_SUBLEAF))) {
      this.#set(0x80000019, NO_SUBLEAF, [0, 0, 0, 0]);
    }
  }

  #hide(rows: Hidden): void {
    for (const [key, registers] of this.#leaves) {
      const row = rows.find(([first, last]) => leafOf(key) >= first && leafOf(key) <= last);
      if (row === undefined) continue;
      for (const index of [0, 1, 2, 3] as const) registers[index] = (registers[index] & row[2][index]) >>> 0;
    }
  }

  /** The leaves as Xen serialises them: each range up to its declared end. */
  serialise(): Uint8Array {
    const words: number[] = [];
    const write = (leaf: number, subleaf: number) => words.push(leaf, subleaf, ...this.get(leaf, subleaf));
    for (let leaf = 0; leaf <= Math.min(this.get(0)[0], LAST_BASIC); leaf += 1) {
      if (!WITH_SUBLEAVES.has(leaf)) write(leaf, NO_SUBLEAF);
      else if (leaf === 7) for (let sub = 0; sub <= Math.min(this.get(7, 0)[0], LAST_FEATURES); sub += 1) write(7, sub);
      else if (leaf === 0xd) for (const sub of [0, 1]) write(leaf, sub);
      else write(leaf, 0); // caches and topology are not reported
    }
    for (const leaf of [0x40000000, 0x40000100]) write(leaf, NO_SUBLEAF);
    const last = Math.min(EXTENDED + (this.get(EXTENDED)[0] & 0xffff), LAST_EXTENDED);
    for (let leaf = EXTENDED; leaf <= last; leaf += 1) write(leaf, NO_SUBLEAF);
    return new Uint8Array(new Uint32Array(words).buffer);
  }

  /** The vendor of the CPU, from the first letters of its name. Hygon counts as AMD. */
  get vendor(): 'amd' | 'intel' | 'other' {
    const [, b, c, d] = this.get(0);
    if (b === 0x68747541 && c === 0x444d4163 && d === 0x69746e65) return 'amd';
    if (b === 0x6f677948) return 'amd';
    return b === 0x756e6547 ? 'intel' : 'other';
  }
}

const keyOf = (leaf: number, subleaf: number): number => leaf * 2 ** 7 + Math.min(subleaf, 127);
const leafOf = (key: number): number => Math.floor(key / 2 ** 7);
const subleafOf = (key: number): number => key % 2 ** 7;
