// Written by scripts/generate/recorded.ts from data/real-xen and data/conformance.

/** The releases whose answers are recorded; the lowest bit is the first's. */
export const RECORDED_RELEASES = ['4.14', '4.17', '4.20'] as const;

/** The errnos that a real Xen gave dom0 for each operation; "=bits" where not all releases did, "@bits" from a guest. */
export const recordedAnswers = `arch_2:ENOSYS=2
arch_3:ENOSYS=2
arch_4:ENOSYS
arch_5:ENOSYS=2
arch_6:ENOSYS=2
arch_7:ENOSYS=2
argo_op:ENOSYS=2
console_io read:E2BIG=2
console_io write:EFAULT=2
dm_op:EACCES=4 EBUSY EEXIST EFAULT EINVAL ENOENT ENOMEM=4 ENOSPC EOPNOTSUPP EOVERFLOW=6 ERANGE ESRCH
domctl:EACCES=2 EFAULT ENOSYS=6 EOPNOTSUPP=1 ESRCH
domctl assign_device:EOPNOTSUPP EPERM@2 ESRCH
domctl audit_p2m:ENOSYS=6 EOPNOTSUPP=1 EPERM@2 ESRCH
domctl bind_pt_irq:EINVAL EPERM ESRCH
domctl cacheflush:ENOSYS=6 EOPNOTSUPP=1 ESRCH
domctl createdomain:EEXIST=2 EINVAL EOPNOTSUPP EPERM@2 ESRCH=6
domctl deassign_device:EOPNOTSUPP EPERM@2 ESRCH
domctl debug_op:EINVAL ENOSYS EOPNOTSUPP EPERM@2 ESRCH
domctl destroydomain:EINVAL=2 ESRCH
domctl disable_migrate:EFAULT=1 ESRCH=1
domctl gdbsx_domstatus:ENOSYS=6 EOPNOTSUPP=1 ESRCH
domctl gdbsx_guestmemio:ENOSYS=6
domctl gdbsx_pausevcpu:ENOSYS=6 EOPNOTSUPP=1 ESRCH
domctl gdbsx_unpausevcpu:ENOSYS=6 EOPNOTSUPP=1 ESRCH
domctl get_address_size:EOPNOTSUPP EPERM@2 ESRCH
domctl get_cpu_policy:ENOBUFS EPERM@2 ESRCH
domctl get_device_group:EOPNOTSUPP ESRCH
domctl get_ext_vcpucontext:EPERM@2 ESRCH
domctl get_paging_mempool_size:EFAULT=6 EOPNOTSUPP=6 EPERM@2 ESRCH=6
domctl get_vcpu_msrs:EINVAL ESRCH
domctl getdomaininfo:EINVAL=3 ESRCH
domctl gethvmcontext:EINVAL ENOSPC ESRCH
domctl gethvmcontext_partial:EINVAL ENOBUFS ENODATA ENOENT ESRCH
domctl getnodeaffinity:EPERM@2 ESRCH
domctl getpageframeinfo3:E2BIG ESRCH
domctl gettscinfo:EINVAL EPERM@2 ESRCH
domctl getvcpuaffinity:EINVAL EPERM@2 ESRCH
domctl getvcpucontext:EINVAL ENODATA EPERM@2 ESRCH
domctl getvcpuextstate:EINVAL EPERM@2 ESRCH
domctl getvcpuinfo:EINVAL ESRCH
domctl gsi_permission:EFAULT=4 EINVAL=4 ERANGE=4 ESRCH=4
domctl hypercall_init:EINVAL ESRCH
domctl iomem_permission:EINVAL EPERM ESRCH
domctl ioport_mapping:EINVAL EOPNOTSUPP ESRCH
domctl ioport_permission:EINVAL EPERM ESRCH
domctl irq_permission:EINVAL=6 EPERM ESRCH
domctl max_mem:ESRCH
domctl max_vcpus:EINVAL ESRCH
domctl mem_sharing_op:ENOSYS=6 EOPNOTSUPP=1 EPERM@2 ESRCH
domctl memory_mapping:EINVAL EPERM ESRCH
domctl monitor_op:EEXIST EINVAL EOPNOTSUPP EPERM EPERM@2 ESRCH
domctl pausedomain:EINVAL EPERM@2 ESRCH
domctl psr_alloc:ENODEV EOPNOTSUPP ESRCH
domctl psr_cmt_op:ENODEV ESRCH
domctl resumedomain:EINVAL EPERM@2 ESRCH
domctl scheduler_op:EINVAL ESRCH
domctl sendtrigger:EINVAL ENOSYS ESRCH
domctl set_access_required:EPERM EPERM@2 ESRCH
domctl set_address_size:EINVAL EOPNOTSUPP ESRCH
domctl set_broken_page_p2m:EBUSY=1 EINVAL ESRCH
domctl set_cpu_policy:E2BIG EINVAL=6 ERANGE ESRCH
domctl set_ext_vcpucontext:EINVAL ESRCH
domctl set_llc_colors:EFAULT=4 EINVAL=4 EOPNOTSUPP=4 ESRCH=4
domctl set_paging_mempool_size:EFAULT=6 EINVAL=6 ENOMEM=6 EOPNOTSUPP=6 ESRCH=6
domctl set_target:EOPNOTSUPP ESRCH
domctl set_vcpu_msrs:EINVAL ENXIO=4 ESRCH
domctl setdebugging:EINVAL EPERM@2 ESRCH
domctl setdomainhandle:ESRCH
domctl sethvmcontext:EINVAL ENODATA ESRCH
domctl setnodeaffinity:EINVAL ESRCH
domctl settimeoffset:ESRCH
domctl settscinfo:EINVAL ESRCH
domctl setvcpuaffinity:EINVAL ESRCH
domctl setvcpucontext:EINVAL ESRCH
domctl setvcpuextstate:EINVAL ESRCH
domctl setvnumainfo:EINVAL ESRCH
domctl shadow_op:EINVAL EOPNOTSUPP=6 ESRCH
domctl soft_reset:EINVAL ESRCH
domctl subscribe:ESRCH
domctl test_assign_device:EOPNOTSUPP
domctl unbind_pt_irq:EINVAL EPERM ESRCH
domctl unpausedomain:EINVAL EPERM@2 ESRCH
domctl vm_event_op:EINVAL=6 ENODEV=6 ENOSYS=6 EOPNOTSUPP=6 ESRCH
domctl vmtrace_op:EFAULT=6 EINVAL=6 EPERM@2 ESRCH=6
domctl vuart_op:ENOSYS=6 EOPNOTSUPP=1 ESRCH
event_channel_op:ENOSYS
event_channel_op alloc_unbound:EFAULT ESRCH
event_channel_op bind_interdomain:EINVAL ESRCH
event_channel_op bind_ipi:ENOENT
event_channel_op bind_vcpu:EFAULT EINVAL ENOENT
event_channel_op bind_virq:EEXIST EINVAL ENOENT
event_channel_op close:EFAULT EINVAL
event_channel_op expand_array:EFAULT EINVAL
event_channel_op init_control:EFAULT ENOENT
event_channel_op reset:EFAULT ESRCH
event_channel_op reset_cont:EBUSY EPERM@2
event_channel_op send:EFAULT EINVAL
event_channel_op set_priority:EACCES EFAULT EINVAL
event_channel_op status:EFAULT EINVAL ESRCH
event_channel_op unmask:EFAULT EINVAL
grant_table_op:EINVAL ENOSYS
grant_table_op cache_flush:EFAULT EINVAL EPERM EPERM@2
grant_table_op copy:EFAULT
grant_table_op dump_table:ENOSYS=2
grant_table_op get_status_frames:EFAULT
grant_table_op get_version:EFAULT EPERM@2 ESRCH
grant_table_op map_grant_ref:EFAULT
grant_table_op query_size:EFAULT EINVAL=2
grant_table_op set_version:EFAULT EINVAL
grant_table_op setup_table:EFAULT
grant_table_op swap_grant_ref:EFAULT
grant_table_op transfer:EFAULT
grant_table_op unmap_and_replace:EFAULT
grant_table_op unmap_grant_ref:EFAULT
hvm_op:ENOSYS
hvm_op altp2m:EOPNOTSUPP
hvm_op flush_tlbs:EINVAL
hvm_op get_mem_access:ENOSYS
hvm_op get_mem_type:EFAULT EINVAL EPERM@2 ESRCH
hvm_op get_param:EFAULT EINVAL ESRCH
hvm_op get_time:EFAULT
hvm_op guest_request_vm_event:EINVAL
hvm_op pagetable_dying:EFAULT EINVAL EOPNOTSUPP ESRCH
hvm_op set_evtchn_upcall_vector:EINVAL
hvm_op set_isa_irq_level:ENOSYS
hvm_op set_mem_access:ENOSYS
hvm_op set_param:EEXIST EFAULT EINVAL ENODEV EPERM@2 ESRCH
hvm_op set_pci_intx_level:ENOSYS
hvm_op set_pci_link_route:ENOSYS
hvm_op xentrace:EFAULT EINVAL
hypfs_op:EACCES=2
hypfs_op read:EFAULT=2 EINVAL=2 ENOBUFS=2 ENOENT=2
kexec_op kexec:ENOENT
kexec_op kexec_load:EADDRNOTAVAIL
kexec_op kexec_load_v1:EINVAL
mca inject_v2:EINVAL
mca mceinject:EINVAL
mca notifydomain:EINVAL
memory_op:ENOSYS
memory_op access_op:EFAULT EINVAL ESRCH
memory_op acquire_resource:E2BIG=1 EFAULT EINVAL ENOENT EOPNOTSUPP=3 EPERM=2 ESRCH
memory_op add_to_physmap:EACCES EFAULT EINVAL ENOENT ENOSYS EOVERFLOW=6 ESRCH
memory_op add_to_physmap_batch:EACCES EFAULT EOPNOTSUPP ESRCH
memory_op claim_pages:EFAULT EINVAL
memory_op current_reservation:EFAULT ESRCH
memory_op exchange:EFAULT EINVAL EPERM EPERM@2
memory_op get_pod_target:EFAULT EINVAL=6 EPERM@2 ESRCH
memory_op get_vnumainfo:EFAULT EINVAL EOPNOTSUPP ESRCH
memory_op machine_memory_map:EFAULT EINVAL EPERM@2
memory_op machphys_compat_mfn_list:EFAULT=1 EOPNOTSUPP=6
memory_op machphys_mapping:EFAULT
memory_op machphys_mfn_list:EFAULT
memory_op maximum_gpfn:EFAULT ESRCH
memory_op maximum_ram_page:EINVAL=2
memory_op maximum_reservation:EFAULT ESRCH
memory_op memory_map:EFAULT ENOSYS
memory_op paging_op:EFAULT=1 ENODEV=1 ENOSYS=6 ESRCH=1
memory_op remove_from_physmap:EACCES EFAULT ENOENT ESRCH
memory_op reserved_device_memory_map:EFAULT EINVAL
memory_op set_memory_map:EFAULT EINVAL ESRCH
memory_op set_pod_target:EFAULT EINVAL EPERM@2 ESRCH
memory_op sharing_op:ENOSYS
mmuext_op MARK_SUPER:EOPNOTSUPP
mmuext_op UNMARK_SUPER:EOPNOTSUPP
paging_domctl_cont:EFAULT=2 EOPNOTSUPP=2
physdev_op:ENOSYS
physdev_op alloc_irq_vector:EFAULT EPERM@2
physdev_op apic_read:EFAULT EINVAL EPERM@2
physdev_op apic_write:EFAULT EINVAL EPERM@2
physdev_op dbgp_op:EFAULT EPERM@2
physdev_op eoi:EFAULT EINVAL
physdev_op free_irq_vector:ENOSYS
physdev_op irq_status_query:EFAULT EINVAL
physdev_op manage_pci_add:EFAULT EPERM@2
physdev_op manage_pci_remove:EFAULT ENODEV EPERM@2
physdev_op map_pirq:EDOM EEXIST EINVAL ENODEV EPERM EPERM@2 ESRCH
physdev_op pci_device_add:EFAULT EPERM@2
physdev_op pci_device_remove:EBUSY=4 EFAULT ENODEV EPERM@2
physdev_op pci_mmcfg_reserved:EFAULT EINVAL ENODEV EPERM@2
physdev_op prepare_msix:EFAULT ENODEV EPERM@2
physdev_op release_msix:EFAULT ENODEV EPERM@2
physdev_op restore_msi:EFAULT ENODEV
physdev_op restore_msi_ext:EFAULT ENODEV
physdev_op set_iobitmap:EFAULT EINVAL
physdev_op set_iopl:EFAULT EINVAL
physdev_op setup_gsi:EEXIST EFAULT EINVAL EPERM@2
physdev_op unmap_pirq:EINVAL EPERM@2 ESRCH
platform_op:EFAULT ENOSYS EPERM@2
platform_op add_memtype:EINVAL EPERM@2
platform_op change_freq:ENOSYS EPERM@2
platform_op core_parking:EINVAL EPERM@2
platform_op cpu_hotadd:EINVAL EPERM@2
platform_op cpu_offline:EINVAL EOPNOTSUPP EPERM@2
platform_op cpu_online:EINVAL EPERM@2
platform_op del_memtype:EINVAL EPERM@2
platform_op efi_runtime_call:ENOSYS EPERM@2
platform_op enter_acpi_sleep:EINVAL EPERM EPERM@2
platform_op firmware_info:EINVAL ENOSYS EPERM@2 ESRCH
platform_op get_cpu_version:EPERM@2
platform_op get_cpuinfo:EPERM@2
platform_op get_symbol:EPERM@2 ERANGE
platform_op getidletime:ENOSYS EPERM@2
platform_op mem_hotadd:EINVAL EPERM@2
platform_op microcode_update:EINVAL EPERM@2
platform_op microcode_update2:EINVAL=4
platform_op platform_quirk:EINVAL EPERM@2
platform_op read_memtype:EINVAL EPERM@2
platform_op resource_op:EINVAL EPERM@2
platform_op set_processor_pminfo:EINVAL ENOSYS EPERM@2
platform_op settime64:EINVAL EPERM@2
sched_op:ENOSYS
sched_op pin_override:EFAULT=2 EINVAL EPERM@2
sched_op poll:EFAULT EINVAL
sched_op remote_shutdown:EFAULT ESRCH
sched_op shutdown:EFAULT=2
sched_op shutdown_code:EFAULT
sched_op watchdog:EFAULT EINVAL
sysctl:EACCES=2 EFAULT ENOSYS EPERM@2
sysctl availheap:EPERM@2
sysctl coverage_op:EOPNOTSUPP EPERM@2
sysctl cpu_hotplug:EINVAL EOPNOTSUPP EPERM@2
sysctl cpupool_op:EADDRNOTAVAIL EBUSY EEXIST EINVAL ENODEV ENOENT ENOSYS EPERM@2 ESRCH
sysctl cputopoinfo:EPERM@2
sysctl debug_keys:EFAULT=2
sysctl dt_overlay:ENOSYS=4
sysctl get_cpu_featureset:EINVAL ENOBUFS EPERM@2
sysctl get_cpu_levelling_caps:EPERM@2
sysctl get_cpu_policy:EINVAL ENOBUFS EPERM@2
sysctl get_pmstat:EINVAL ENODEV ENOSYS EPERM@2
sysctl getcpuinfo:EPERM@2
sysctl getdomaininfolist:EPERM@2
sysctl livepatch_op:E2BIG EINVAL ENOENT EOPNOTSUPP=2 EPERM@2
sysctl lockprof_op:ENOSYS EPERM@2
sysctl numainfo:EPERM@2
sysctl page_offline_op:EINVAL ENOMEM EPERM@2
sysctl pcitopoinfo:EINVAL EPERM@2
sysctl perfc_op:ENOSYS EPERM@2
sysctl physinfo:EPERM@2
sysctl pm_op:EACCES EINVAL ENOSYS EPERM@2
sysctl psr_alloc:ENODEV EOPNOTSUPP EPERM@2
sysctl psr_cmt_op:ENODEV EPERM@2
sysctl readconsole:EPERM@2
sysctl sched_id:EPERM@2
sysctl scheduler_op:EINVAL EPERM@2 ESRCH
sysctl tbuf_op:EINVAL EPERM@2
tmem_op:ENOSYS
update_descriptor:EINVAL
update_va_mapping:EINVAL
update_va_mapping_otherdomain:EINVAL
vcpu_op get_physid:EINVAL ENOENT
vcpu_op get_runstate_info:EFAULT ENOENT
vcpu_op is_up:ENOENT
vcpu_op register_vcpu_info:EBUSY=4 EFAULT EINVAL=3 ENOENT ENXIO=2
vcpu_op set_periodic_timer:EFAULT EINVAL ENOENT
xen_version build_id:EINVAL=2
xen_version capabilities:EFAULT
xen_version changeset:EFAULT
xen_version commandline:EFAULT
xen_version extraversion:EFAULT
xen_version get_features:EFAULT EINVAL
xen_version guest_handle:EFAULT
xen_version platform_parameters:EFAULT
xenoprof_op counter:ENOSYS=4 EPERM=3 EPERM@2
xenoprof_op disable_virq:ENOSYS=4 EPERM=3 EPERM@2
xenoprof_op enable_virq:ENOSYS=4 EPERM=3 EPERM@2
xenoprof_op get_buffer:EBUSY=3 ENOSYS=4
xenoprof_op get_ibs_caps:ENOSYS=4 EPERM=3 EPERM@2
xenoprof_op ibs_counter:ENOSYS=4 EPERM=3 EPERM@2
xenoprof_op init:ENOSYS=4
xenoprof_op release_counters:ENOSYS=4 EPERM=3 EPERM@2
xenoprof_op reserve_counters:EBUSY=3 ENOSYS=4 EPERM=3 EPERM@2
xenoprof_op reset_active_list:ENOSYS=4 EPERM=3 EPERM@2
xenoprof_op reset_passive_list:ENOSYS=4 EPERM=3 EPERM@2
xenoprof_op set_active:EINVAL=3 ENOSYS=4 EPERM=3 EPERM@2
xenoprof_op set_backtrace:ENOSYS=4 EPERM=3 EPERM@2
xenoprof_op set_passive:EINVAL=3 ENOSYS=4 EPERM=3 EPERM@2
xenoprof_op setup_events:ENOSYS=4 EPERM=3 EPERM@2
xenoprof_op shutdown:ENOSYS=4 EPERM=3 EPERM@2
xenoprof_op start:ENOSYS=4 EPERM=3 EPERM@2
xenoprof_op stop:ENOSYS=4 EPERM=3 EPERM@2
xenpmu_op:EOPNOTSUPP
xsm_op:ENOSYS=2`;
