import type { Calls } from '../calls.ts';
import type { Named } from '../operation.ts';
import { Random } from '../random.ts';

/** A device model's session with ioreq servers, at random; none is enabled (see operations/hvm.ts). */
export function servers(calls: Calls, { name, value }: Named, salt: string): void {
  const random = new Random(`servers ${name} ${salt}`);
  const domain = Number(value);
  const range = 'id:u16 pad:u16 type:u32 start:u64 end:u64';
  for (let step = 0; step < 120; step++) {
    const line = `servers.${name}.${step}`;
    const id = random.chance(4) ? 0xffff : random.below(4);
    switch (random.below(7)) {
      case 0: {
        const buffered = random.below(4);
        const called = { id: line, asked: `create bufioreq=${buffered}`, set: { handle_bufioreq: buffered } };
        calls.dm('create_ioreq_server', domain, 'handle_bufioreq:u8 pad0:u8 pad1:u8 pad2:u8 id:u16', called);
        break;
      }
      case 1: {
        const flags = random.below(2);
        const called = { id: line, asked: `info id=${id} flags=${flags}`, set: { id, flags } };
        calls.dm(
          'get_ioreq_server_info',
          domain,
          'id:u16 flags:u16 bufioreq_port:u32 ioreq_gfn:u64 bufioreq_gfn:u64',
          called,
        );
        break;
      }
      case 2:
      case 3:
      case 4: {
        const [type, start] = [random.below(4), random.below(8) * 16];
        const end = random.chance(5) ? Math.max(0, start + random.below(40) - 8) : start + 15;
        const operation = random.chance(3) ? 'unmap_io_range_from_ioreq_server' : 'map_io_range_to_ioreq_server';
        const asked = `${operation.slice(0, operation.indexOf('_'))} id=${id} type=${type} ${start}-${end}`;
        calls.dm(operation, domain, range, { id: line, asked, set: { id, type, start, end } });
        break;
      }
      case 5:
        calls.dm('destroy_ioreq_server', domain, 'id:u16 pad:u16', {
          id: line,
          asked: `destroy id=${id}`,
          set: { id },
        });
        break;
      default: {
        const [nr, mem_type, first_pfn] = [1 + random.below(4), random.below(6), random.below(40)];
        const called = {
          id: line,
          asked: `mem_type nr=${nr} type=${mem_type} pfn=${first_pfn}`,
          set: { nr, mem_type, first_pfn },
        };
        calls.dm('set_mem_type', domain, 'nr:u32 mem_type:u16 pad:u16 first_pfn:u64', called);
        const asked = { id: `${line}.type`, set: { domid: domain, pfn: first_pfn } };
        calls.stable('hvm_op', 'HVMOP', 'get_mem_type', 'domid:u16 mem_type:u16 pad0:u16 pad1:u16 pfn:u64', asked);
      }
    }
  }
}

const PARAMETER = 'domid:u16 pad:u16 index:u32 value:u64';
const DM_DOMAIN = 13;

/** Every HVM parameter: its initial value, which values are accepted, and what is read back. */
export function parameters(calls: Calls, { name, value }: Named): void {
  const domain = Number(value);
  const asked = (operation: string, id: string, index: number, given: bigint) => {
    const called = {
      id,
      asked: `${operation} index=${index} value=0x${given.toString(16)}`,
      set: { domid: domain, index, value: given },
    };
    calls.stable('hvm_op', 'HVMOP', operation, PARAMETER, called);
  };
  for (let index = 0; index < 42; index++) asked('get_param', `first.${name}.${index}`, index, 0x5an);
  for (let index = 0; index < 42; index++) {
    for (const given of [0n, 1n, 5n, 31n, 0xffffffffn, 0xffffffffffffffffn, 0x0200000000000020n]) {
      if (index === DM_DOMAIN && given === 5n) continue;
      const line = `parameter.${name}.${index}.${given.toString(16)}`;
      asked('set_param', line, index, given);
      asked('get_param', `${line}.read`, index, 0x5an);
    }
  }
}

/** A log-dirty session: on, peek, clean, off, with wrong steps in between. */
export function logDirty(calls: Calls, { name, value }: Named): void {
  const steps = [
    [11, 0, 32],
    [12, 0, 32],
    [2, 0, 0],
    [2, 0, 0],
    [12, 0, 32],
    [11, 0, 32],
    [11, 0, 100],
    [11, 1, 32],
    [32, 4, 0],
    [0, 0, 0],
    [0, 0, 0],
    [12, 0, 32],
    [32, 4, 0],
    [32, 4, 0],
    [0, 0, 0],
    [30, 0, 0],
    [31, 0, 0],
    [30, 0, 0],
  ] as const;
  for (const [index, [op, mode, pages]] of steps.entries()) {
    const called = { id: `dirty.${name}.${index}`, asked: `op=${op} mode=${mode} pages=${pages}` };
    const set = { op, mode, pages, mb: 3, dirty_bitmap: { bytes: 64 } };
    calls.domctl('shadow_op', Number(value), { ...called, set });
  }
}
