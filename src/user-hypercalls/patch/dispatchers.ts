// Xen's functions that switch on a command, to which patches add a `case`.

/** Names of the functions, without the prefixes that some releases add. */
const names =
  'do_domctl|arch_do_domctl|do_sysctl|arch_do_sysctl|do_hvm_op|xen_version|do_xen_version|do_memory_op|arch_memory_op|subarch_memory_op|' +
  'do_event_channel_op|do_grant_table_op|do_sched_op|do_physdev_op|do_platform_op|do_vcpu_op|common_vcpu_op|arch_do_vcpu_op|do_console_io|' +
  'do_mmuext_op|do_xenpmu_op|do_kexec_op|do_kexec_op_internal|do_hypfs_op|do_argo_op|do_tmem_op|do_xenoprof_op|do_vm_assist|do_nmi_op|do_callback_op|dm_op|do_dm_op';
const start = new RegExp(`^(?:[a-z].*[\\s*]|DO\\()?(${names})\\)?\\s*\\(`, 'm');

/** The function's name, if a line is the head of a function. */
export function dispatcherOf(head: string): string | undefined {
  const name = start.exec(head)?.[1];
  return name === 'xen_version' ? 'do_xen_version' : name;
}
