// The worker of mount.test.ts: leaves the mount namespace and mounts something there.

import { mkdtempSync, openSync, readFileSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { SYS } from '../../src/linux/arch/x86-64/system-calls.ts';
import { systemCall } from '../../src/linux/libc.ts';
import { CLONE, MNT, MS, mount, umount } from '../../src/linux/mount.ts';
import { gettid } from '../../src/linux/thread.ts';

const directory = mkdtempSync(join(tmpdir(), 'fauxen-mount-'));
const home = openSync(`/proc/${process.pid}/ns/mnt`, 'r');
const results: Record<string, unknown> = {};
results.unshare = systemCall(SYS.unshare, CLONE.NEWNS);
results.private = mount(null, '/', null, MS.REC | MS.PRIVATE);
results.mount = mount('none', directory, 'tmpfs', 0, 'size=64k');
const listed = (file: string) => readFileSync(file, 'utf8').includes(directory);
results.here = listed(`/proc/${gettid()}/mounts`);
results.there = listed(`/proc/${process.pid}/mounts`);
results.readonly = mount(null, directory, null, MS.REMOUNT | MS.BIND | MS.RDONLY);
results.umount = umount(directory, MNT.DETACH);
results.umountAgain = umount(directory);
results.unknown = mount('none', directory, 'nosuchfs');
results.setns = systemCall(SYS.setns, home, CLONE.NEWNS);
rmdirSync(directory);
parentPort!.postMessage(results);
