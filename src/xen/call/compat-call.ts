import { errno } from '../errno.ts';
import type { Handler } from './hypercall.ts';

export interface CompatStruct {
  /** Bytes that Xen reads of the struct, of which the first four are the command. */
  readonly bytes: number;
  /** Offset of the operation's own struct. */
  readonly argument: number;
  /** The last command that the old hypercall knows. */
  readonly last: number;
}

/** The handler of an old hypercall, whose only argument is a struct of command and argument, from that of the one that replaced it. */
export function compatCall(handler: Handler | undefined, { bytes: size, argument, last }: CompatStruct): Handler {
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  return (call) => {
    const address = call.address(0);
    if (!call.copyFromGuest(address, bytes)) return -errno.EFAULT;
    const command = view.getUint32(0, true);
    if (command > last || handler === undefined) return -errno.ENOSYS;
    call.setArgument(0, command);
    call.setArgument(1, address + argument);
    return handler(call);
  };
}
