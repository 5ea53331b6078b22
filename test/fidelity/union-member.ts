/** The members of `xen_domctl.u` and `xen_sysctl.u` whose names differ from their operations'. */
const members: Readonly<Record<string, string>> = {
  setvcpuaffinity: 'vcpuaffinity',
  getvcpuaffinity: 'vcpuaffinity',
  setnodeaffinity: 'nodeaffinity',
  getnodeaffinity: 'nodeaffinity',
  setvcpucontext: 'vcpucontext',
  getvcpucontext: 'vcpucontext',
  gethvmcontext: 'hvmcontext',
  sethvmcontext: 'hvmcontext',
  gethvmcontext_partial: 'hvmcontext_partial',
  set_address_size: 'address_size',
  get_address_size: 'address_size',
  test_assign_device: 'assign_device',
  deassign_device: 'assign_device',
  unbind_pt_irq: 'bind_pt_irq',
  set_ext_vcpucontext: 'ext_vcpucontext',
  get_ext_vcpucontext: 'ext_vcpucontext',
  gettscinfo: 'tsc_info',
  settscinfo: 'tsc_info',
  getvcpuextstate: 'vcpuextstate',
  setvcpuextstate: 'vcpuextstate',
  get_vcpu_msrs: 'vcpu_msrs',
  set_vcpu_msrs: 'vcpu_msrs',
  setvnumainfo: 'vnuma',
  get_cpu_policy: 'cpu_policy',
  set_cpu_policy: 'cpu_policy',
  set_access_required: 'access_required',
  gdbsx_guestmemio: 'gdbsx_guest_memio',
  gdbsx_pausevcpu: 'gdbsx_pauseunp_vcpu',
  gdbsx_unpausevcpu: 'gdbsx_pauseunp_vcpu',
  get_paging_mempool_size: 'paging_mempool',
  set_paging_mempool_size: 'paging_mempool',
  page_offline_op: 'page_offline',
  get_cpu_levelling_caps: 'cpu_levelling_caps',
  get_cpu_featureset: 'cpu_featureset',
  livepatch_op: 'livepatch',
};

/** Which member of its struct's union an operation uses. */
export function unionMember(operation: string): string {
  return members[operation] ?? operation;
}
