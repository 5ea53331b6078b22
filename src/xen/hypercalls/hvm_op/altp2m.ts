import { stableLayout } from '../../abi/stable-layout.ts';
import { anyDomain } from '../../call/domid.ts';
import { partial } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import type { Domain } from '../../domain/domain.ts';
import { errno } from '../../errno.ts';
import { ENABLE_NOTIFY, GET_STATE, getState, SET_STATE, setState, viewCommands } from './altp2m-commands.ts';
import { hvmFamily } from './family.ts';
import { ALTP2M_PARAMETER, hasAlternateViews } from './parameter-rules.ts';

/** Values of HVM_PARAM_ALTP2M. */
const MODE = { disabled: 0n, mixed: 1n, external: 2n, limited: 3n } as const;
/** HVMOP_ALTP2M_INTERFACE_VERSION */
const VERSION = 1;

const struct = stableLayout('xen_hvm_altp2m_op', 'version:u32 cmd:u32 domain:u16 pad1:u16 pad2:u32 u:u8[64]');
const [version, cmd] = [struct.field('version'), struct.field('cmd')];
const [domid, pad1, pad2] = [struct.field('domain'), struct.field('pad1'), struct.field('pad2')];

/** Whether the domain's mode (HVM_PARAM_ALTP2M) lets the caller issue a command. */
function mayIssue(caller: Domain, domain: Domain, mode: bigint, command: number): boolean {
  if (caller.privileged || caller.target === domain) return true;
  return caller === domain && (mode === MODE.mixed || (mode === MODE.limited && command === ENABLE_NOTIFY));
}

/** Follows do_altp2m_op of Xen's source. Not recorded: QEMU without KVM does not emulate Intel's nested page tables. */
export const altp2m = operation({
  family: hvmFamily,
  name: 'altp2m',
  status: partial(
    'needs an Intel CPU (scenario) and altp2m=1 on the command line; not compared with a real Xen; a view has single pages only',
  ),
  argument: struct,
  copies: 'itself',
  handler({ hypervisor, call, caller, address, view }) {
    if (!hasAlternateViews(hypervisor)) return -errno.EOPNOTSUPP;
    if (!call.copyFromGuest(address, new Uint8Array(view.buffer, view.byteOffset, struct.size))) return -errno.EFAULT;
    if (pad1.get(view) !== 0 || pad2.get(view) !== 0 || version.get(view) !== VERSION) return -errno.EINVAL;
    const command = cmd.get(view);
    const handler = viewCommands.get(command);
    if (handler === undefined && command !== GET_STATE && command !== SET_STATE) return -errno.EOPNOTSUPP;
    const domain = anyDomain(call, domid.get(view));
    if (domain === undefined) return -errno.ESRCH;
    const { views } = domain.memory.properties;
    if (!domain.isHvm || (handler !== undefined && views === undefined)) return -errno.EOPNOTSUPP;
    const mode = domain.hvmParameters.get(ALTP2M_PARAMETER) ?? MODE.disabled;
    if (mode === MODE.disabled) return -errno.EINVAL;
    if (!mayIssue(caller, domain, mode, command)) return -errno.EPERM;
    const request = { call, caller, domain, view, address, size: struct.size };
    if (handler !== undefined && views !== undefined) return handler({ ...request, views });
    return command === SET_STATE ? setState(request) : getState(request);
  },
});
