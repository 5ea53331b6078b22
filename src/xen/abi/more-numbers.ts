/**
 * Numbers of sub-operations that the generated data lacks, by prefix. Source: the public headers (xenoprof.h, callback.h, nmi.h, kexec.h,
 * hypfs.h, xen.h, hvm/dm_op.h, arch-x86/xen-mca.h, physdev.h). No release gave these numbers to anything else.
 */
export const moreNumbers = {
  CALLBACKOP: { register: 0, unregister: 1 },
  XENNMI: { register_callback: 0, unregister_callback: 1 },
  CONSOLEIO: { write: 0, read: 1 },
  XEN_HYPFS_OP: { get_version: 0, read: 1, write_contents: 2 },
  KEXEC_CMD: {
    kexec: 0,
    kexec_load_v1: 1,
    kexec_unload_v1: 2,
    kexec_get_range: 3,
    kexec_load: 4,
    kexec_unload: 5,
    kexec_status: 6,
  },
  XENOPROF: {
    init: 0,
    reset_active_list: 1,
    reset_passive_list: 2,
    set_active: 3,
    set_passive: 4,
    reserve_counters: 5,
    counter: 6,
    setup_events: 7,
    enable_virq: 8,
    start: 9,
    stop: 10,
    disable_virq: 11,
    release_counters: 12,
    shutdown: 13,
    get_buffer: 14,
    set_backtrace: 15,
    get_ibs_caps: 16,
    ibs_counter: 17,
  },
  XEN_MC: { fetch: 1, notifydomain: 2, physcpuinfo: 3, msrinject: 4, mceinject: 5, inject_v2: 6 },
  XEN_DMOP: {
    create_ioreq_server: 1,
    get_ioreq_server_info: 2,
    map_io_range_to_ioreq_server: 3,
    unmap_io_range_from_ioreq_server: 4,
    set_ioreq_server_state: 5,
    destroy_ioreq_server: 6,
    track_dirty_vram: 7,
    set_pci_intx_level: 8,
    set_isa_irq_level: 9,
    set_pci_link_route: 10,
    modified_memory: 11,
    set_mem_type: 12,
    inject_event: 13,
    inject_msi: 14,
    map_mem_type_to_ioreq_server: 15,
    remote_shutdown: 16,
    relocate_memory: 17,
    pin_memory_cacheattr: 18,
    set_irq_level: 19,
    nr_vcpus: 20,
  },
  MMUEXT: {
    PIN_L1_TABLE: 0,
    PIN_L2_TABLE: 1,
    PIN_L3_TABLE: 2,
    PIN_L4_TABLE: 3,
    UNPIN_TABLE: 4,
    NEW_BASEPTR: 5,
    TLB_FLUSH_LOCAL: 6,
    INVLPG_LOCAL: 7,
    TLB_FLUSH_MULTI: 8,
    INVLPG_MULTI: 9,
    TLB_FLUSH_ALL: 10,
    INVLPG_ALL: 11,
    FLUSH_CACHE: 12,
    SET_LDT: 13,
    NEW_USER_BASEPTR: 15,
    CLEAR_PAGE: 16,
    COPY_PAGE: 17,
    FLUSH_CACHE_GLOBAL: 18,
    MARK_SUPER: 19,
    UNMARK_SUPER: 20,
  },
} as const;

/** Numbers that the generated data lacks, in families that it has: the header (physdev.h) names them in capitals, for old kernels. */
export const unlistedNumbers = {
  PHYSDEVOP: { IRQ_UNMASK_NOTIFY: 4 },
} as const;

/** The first releases, [major, minor], of those above that came after their hypercall (dm_op.h of the tags). */
export const firstReleases: Readonly<
  Partial<Record<keyof typeof moreNumbers, Readonly<Record<string, readonly [number, number]>>>>
> = {
  XEN_DMOP: {
    remote_shutdown: [4, 10],
    relocate_memory: [4, 11],
    pin_memory_cacheattr: [4, 11],
    set_irq_level: [4, 15],
    nr_vcpus: [4, 15],
  },
};
