import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { loadDefinitions } from '../../src/user-hypercalls/load.ts';
import { userRow } from '../../src/user-hypercalls/row.ts';
import type { Domain } from '../../src/xen/domain/domain.ts';
import { addDomain, createVcpus } from '../../src/xen/domain/lifecycle.ts';
import { FakeGuest } from '../xen/fake-guest.ts';
import { hypercall, printedAfter, testHypervisor } from '../xen/host.ts';

export const skip = spawnSync('clang', ['--version']).status === 0 ? false : 'clang is not installed';

/** The number that the files of these tests give their hypercall, `hello`. */
export const NUMBER = 39;

export const head = '#include <xen/lib.h>\n#include <xen/guest_access.h>\n#define __HYPERVISOR_hello 39\n';

type Options = Parameters<typeof testHypervisor>[0];

/** Loads C text from a file called `name`: a hypervisor, a caller with 64 KiB of memory, what is printed, and the call of `hello`. */
export async function loadC(t: Test, name: string, text: string, options: Options = {}) {
  const path = join(t.testdir({}), name);
  writeFileSync(path, text);
  const xen = await testHypervisor({ commandLine: 'loglvl=all guest_loglvl=all', ...options });
  const guest = new FakeGuest(65536, 0x400000);
  const failures: Error[] = [];
  for (const each of loadDefinitions(path, xen.abi).hypercalls)
    xen.install(userRow(each, (_, error) => failures.push(error as Error)));
  guest.bytes.set(new TextEncoder().encode('hello\0'), 0);
  const said = printedAfter(xen);
  const addGuest = (id: number, vcpus: number): Domain => {
    const domain = addDomain(xen, { id, type: 'pv' });
    createVcpus(xen, domain, vcpus);
    return domain;
  };
  const callAs = (domid: number, ...args: (number | bigint)[]) => hypercall(xen, guest, NUMBER, args, domid);
  return { xen, guest, failures, said, addGuest, callAs, call: (...args: (number | bigint)[]) => callAs(0, ...args) };
}
