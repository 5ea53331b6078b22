// How Xen's scripts (vif-bridge and others) set up a guest's network interface. `run --toolstack` replaces them: see vif-script.

/** What a script does with an interface. */
export interface InterfaceSetup {
  /** "" if it is on none. */
  readonly bridge: string;
  /** Its name in place of vifD.N, or "". */
  readonly name: string;
  /** "" for 1500. */
  readonly mtu: string;
}

/** A script of one's own names no interface. */
const NAMING = /\/vif-(bridge|openvswitch|route|nat)$/;
const ROUTED = /\/vif-(route|nat)$/;
const BRIDGING = /\/vif-bridge$/;

/** The setup of a backend's interface. `read`: the value of one of its keys in xenstore, or "". */
export async function interfaceSetup(read: (key: string) => Promise<string>): Promise<InterfaceSetup> {
  const script = await read('script');
  return {
    bridge: ROUTED.test(script) ? '' : await read('bridge'),
    name: NAMING.test(script) ? await read('vifname') : '',
    mtu: BRIDGING.test(script) ? await read('mtu') : '',
  };
}
