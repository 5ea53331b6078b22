import { say } from '../language/say.ts';
import { signatureOf } from '../xen/call/signatures.ts';
import { errnoName } from '../xen/errno.ts';
import { otherCpu } from './causes/cpu.ts';
import { fault } from './causes/fault.ts';
import {
  badResult,
  doubtfulResult,
  endlessString,
  oddOutput,
  pointerMisuse,
  refused,
  threw,
  wrongTable,
} from './causes/handler.ts';
import { hiddenOutput } from './causes/hidden.ts';
import { interfaceVersion } from './causes/interface-version.ts';
import { compatProgram, ioctlNumber, structPointer } from './causes/ioctl.ts';
import { notModelled, ofXen } from './causes/model.ts';
import { unknownNumber } from './causes/number.ts';
import { notPrivileged, restrictedFile } from './causes/permission.ts';
import { strayDescriptor } from './causes/stray.ts';
import { nameOf, subOperation } from './causes/sub-operation.ts';
import type { Answer, Explanation, FailedCall, FailedIoctl, Failure } from './failure.ts';
import { hex } from './memory-map.ts';
import { isProbe } from './probes.ts';
import { releasesWith } from './recorded.ts';

/** Causes from the most specific to the most general; the first that applies is used. */
const callCauses: readonly ((call: FailedCall) => Answer | undefined)[] = [
  wrongTable,
  pointerMisuse,
  threw,
  badResult,
  doubtfulResult,
  unknownNumber,
  notPrivileged,
  interfaceVersion,
  fault,
  endlessString,
  (call) => (call.result < 0 ? (refused(call) ?? notModelled(call) ?? otherCpu(call) ?? ofXen(call)) : undefined),
  hiddenOutput,
  oddOutput,
];

const ioctlCauses: readonly ((ioctl: FailedIoctl) => Answer | undefined)[] = [
  compatProgram,
  ioctlNumber,
  restrictedFile,
  structPointer,
];

/** Explains why a call failed; undefined if there is nothing to explain. */
export function explain(failure: Failure): Explanation | undefined {
  const answer = isProbe(failure) ? undefined : answerTo(failure);
  if (answer === undefined) return undefined;
  const mark = failure.kind === 'hypercall' ? recordedMark(failure) : '';
  return { asked: asked(failure), ...answer, xen: [answer.xen, mark].filter((text) => text !== '').join(' ') };
}

/** Whether a real Xen was seen to answer so; "" for a user's own hypercall, and for a call that succeeded. */
function recordedMark({ row, args, memory, result, privileged }: FailedCall): string {
  const errno = result < 0 ? errnoName(Number(result)) : undefined;
  const sub = row === undefined ? undefined : subOperation(row, args, memory);
  if (row === undefined || errno === undefined || row.source !== undefined || sub?.source !== undefined) return '';
  const name = nameOf(row, sub);
  const releases = releasesWith(name, errno, !privileged && errno === 'EPERM');
  return releases.length > 0
    ? say('Recorded: a real Xen {releases} answered {errno} to {name}.', { releases: listed(releases), errno, name })
    : say('Not recorded: no recording of a real Xen has {errno} for {name} (docs/fidelity.md).', { errno, name });
}

const listed = (releases: readonly string[]) => releases.join(', ');

function answerTo(failure: Failure): Answer | undefined {
  switch (failure.kind) {
    case 'hypercall':
      return firstOf(callCauses, failure);
    case 'ioctl':
      return firstOf(ioctlCauses, failure);
    case 'stray':
      return strayDescriptor(failure);
  }
}

function firstOf<F>(causes: readonly ((failure: F) => Answer | undefined)[], failure: F): Answer | undefined {
  for (const cause of causes) {
    const answer = cause(failure);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

function asked(failure: Failure): string {
  if (failure.kind === 'stray') {
    const { descriptor, name, command, argument } = failure;
    return `ioctl(${descriptor}, ${hex(command)}, ${hex(argument)}) = -${name === undefined ? 'EBADF' : 'ENOTTY'}`;
  }
  if (failure.kind === 'ioctl') {
    return `ioctl(privcmd, ${hex(failure.command)}, ${hex(failure.argument)}) = ${resultText(failure.result)}`;
  }
  const { row, number, args, result } = failure;
  const shown = signatureOf(row).map(({ name }, index) => `${name}=${hex(args[index] ?? 0n)}`);
  return `hypercall ${number}${row === undefined ? '' : ` ${row.name}`}(${shown.join(', ')}) = ${resultText(result)}`;
}

function resultText(result: number | bigint): string {
  const name = result < 0 ? errnoName(Number(result)) : undefined;
  return name === undefined ? String(result) : `-${name}`;
}
