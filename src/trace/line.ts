import { signatureOf } from '../xen/call/signatures.ts';
import { errnoName } from '../xen/errno.ts';
import type { TracedCall } from './decoder.ts';
import { argumentText, argumentValue, subOperationName } from './values.ts';

/** time pid name domain #number name(arguments) = result <µs> */
export function callLine(call: TracedCall): string {
  const { caller, domid, row, number, micros, depth } = call;
  const parameters = row?.parameters ?? signatureOf(undefined);
  const shown = parameters.map((parameter, index) => `${parameter.name}=${argumentText(call, index, parameter)}`);
  const name = `${'  '.repeat(depth)}#${number} ${row?.name ?? 'no such hypercall'}`;
  return `${clock(call.time)} ${caller.pid} ${caller.comm} d${domid} ${name}(${shown.join(', ')}) = ${resultText(call.result)} <${micros.toFixed(1)} us>`;
}

/** One JSON object per line. */
export function callJson(call: TracedCall): string {
  const { caller, domid, row, result, depth } = call;
  const parameters = row?.parameters ?? signatureOf(undefined);
  const args = Object.fromEntries(
    parameters.map((parameter, index) => [parameter.name, argumentValue(call, index, parameter)]),
  );
  return JSON.stringify({
    time: new Date(call.time).toISOString(),
    pid: caller.pid,
    tid: caller.tid,
    comm: caller.comm,
    domain: domid,
    number: exact(call.number),
    name: row?.name ?? null,
    subOperation: subOperationName(call) ?? null,
    args,
    result: exact(result),
    errno: errorOf(call) ?? null,
    us: Math.round(call.micros * 10) / 10,
    ...(depth > 0 && { multicall: true }),
  });
}

/** The errno's name of a failed call; undefined if it did not fail. */
export function errorOf({ result }: TracedCall): string | undefined {
  if (result >= 0n) return undefined;
  return (result > -4096n ? errnoName(Number(result)) : undefined) ?? 'unknown';
}

function resultText(result: bigint): string {
  const name = result < 0n && result > -4096n ? errnoName(Number(result)) : undefined;
  return name === undefined ? String(result) : `-${name}`;
}

function exact(value: bigint): number | string {
  return value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER ? Number(value) : String(value);
}

/** Local time, to the microsecond. */
function clock(time: number): string {
  const date = new Date(time);
  const two = (value: number) => String(value).padStart(2, '0');
  const micros = Math.floor((time % 1000) * 1000);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(micros).padStart(6, '0')}`;
}
