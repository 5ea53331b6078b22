// The worker of mount.test.ts: leaves the mount namespace and mounts something there.

import { mkdtempSync, openSync, readFileSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { CLONE, MNT, MS, mount, setns, umount, unshare } from '../../src/linux/mount.ts';
import { gettid } from '../../src/linux/thread.ts';

const directory = mkdtempSync(join(tmpdir(), 'fauxen-mount-'));
const home = openSync(`/proc/${process.pid}/ns/mnt`, 'r');
const results: Record<string, unknown> = {};
results.unshare = unshare(CLONE.NEWNS);
results.private = mount(null, '/', null, MS.REC | MS.PRIVATE);
results.mount = mount('none', directory, 'tmpfs', 0, 'size=64k');
const listed = (file: string) => readFileSync(file, 'utf8').includes(directory);
results.here = listed(`/proc/${gettid()}/mounts`);
results.there = listed(`/proc/${process.pid}/mounts`);
results.readonly = mount(null, directory, null, MS.REMOUNT | MS.BIND | MS.RDONLY);
results.umount = umount(directory, MNT.DETACH);
results.umountAgain = umount(directory);
results.unknown = mount('none', directory, 'nosuchfs');
results.setns = setns(home, CLONE.NEWNS);
rmdirSync(directory);
results.user = unshare(CLONE.NEWUSER);
parentPort!.postMessage(results);
