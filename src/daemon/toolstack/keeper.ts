import { constants } from 'node:fs';
import { SYS } from '../../linux/arch/x86-64/system-calls.ts';
import { ChildCalls, stringArray } from '../../linux/child-calls.ts';
import { close } from '../../linux/io.ts';
import { addressOf, systemCall } from '../../linux/libc.ts';
import { setSignals } from '../run/become-program.ts';
import { Child } from '../run/child.ts';
import { namespaceOf } from './end-namespace.ts';

/** The shell's descriptor of the namespace. */
const HELD = 3;

/**
 * Waits for the pipe from this process to break, then kills all processes in the mount namespace, twice to include processes that were
 * just being forked, and removes the /dev/xen that runs have made (run/devices.ts) if no other run holds it.
 */
const SCRIPT = `
  read -r _
  for round in 1 2; do
    for process in /proc/[0-9]*; do
      [ "$process/ns/mnt" -ef /proc/self/fd/${HELD} ] && kill -9 "\${process##*/}"
    done
  done
  [ "$(stat -c %a /dev/xen)" = 555 ] && flock -n -x /dev/xen rmdir /dev/xen`;

const O_CLOEXEC = 0o2000000;

/**
 * Starts a shell that ends all processes in a mount namespace if this process is killed: those that have detached from their parent, as
 * dom0's daemons do, would keep running. It has its own session, so that a signal to this process group does not end it. `held` is a
 * descriptor of the namespace, which keeps its inode number from being reused. Returns a function that dismisses the shell. Takes less than
 * a millisecond, unlike spawn().
 */
export function startKeeper(namespace: string, held: number): () => void {
  if (!/^mnt:\[\d+\]$/.test(namespace) || namespace === namespaceOf('self')) return () => {};
  const pipe = new Int32Array(2);
  // Out of descriptors or processes: go without a keeper.
  if (systemCall(SYS.pipe2, addressOf(pipe), O_CLOEXEC) < 0) return () => {};
  const [reading = -1, writing = -1] = pipe;
  const started = shellCalls(namespace, reading, held).start();
  close(reading);
  const keeper = started.pid > 0 ? new Child(started) : undefined;
  return () => {
    keeper?.kill('SIGKILL'); // before its pipe breaks
    close(writing);
  };
}

function shellCalls(namespace: string, reading: number, held: number): ChildCalls {
  const calls = new ChildCalls();
  calls.leaveDescriptors('must');
  calls.may(SYS.setsid);
  calls.may(SYS.chdir, '/');
  calls.must('read from the pipe', SYS.dup2, reading, 0);
  const nothing = calls.must('open /dev/null', SYS.open, '/dev/null', constants.O_RDWR, 0);
  for (const fd of [1, 2]) calls.must('print nothing', SYS.dup2, nothing, fd);
  calls.must('hold the namespace', SYS.dup2, held, HELD);
  setSignals(calls, { ignored: [], blocked: 0n });
  const bytes = (words: string[]) => stringArray(words.map((word) => Buffer.from(word)));
  const path = process.env.PATH ?? '/usr/sbin:/usr/bin:/sbin:/bin';
  calls.execute('/bin/sh', bytes(['/bin/sh', '-c', SCRIPT, 'fauxen-keeper', namespace]), bytes([`PATH=${path}`]));
  return calls;
}
