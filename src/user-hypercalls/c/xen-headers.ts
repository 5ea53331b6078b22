// The names of the headers that Xen's hypervisor sources include, in any release from 4.0 to 4.22: facts, from the lists of files
// in xen/include. A file may include any of them. Their contents, as far as Fauxen has them, are in include/fauxen.h, which is included
// first.

const headersByFolder = {
  acpi: `
    acconfig acexcep acglobal achware aclocal acmacros acnames acnamesp acobject acoutput acpi acpi_bus acpi_drivers
    acpiosxf acpixf acstruct actables actbl actbl1 actbl2 actbl3 actypes acutils apei cpufreq/cpufreq
    cpufreq/processor_perf pdc_intel platform/acenv platform/acgcc platform/aclinux`,
  asm: `
    acpi alternative alternative-asm alternative-call altp2m amd amd-iommu apic apicdef asm-defns asm_defns atomic
    bitops boot-helpers bootfdt bootinfo bug byteorder bzimage cache compat config cpu-policy cpu-user-regs
    cpufeature cpufeatures cpufeatureset cpuid cpuidle current debugger debugreg delay desc device div64 dom0_build
    domain e820 edd efi efibind elf endbr event fixmap flushtlb fsgsbase gdbsx gen-idt gen-idt.lds genapic
    grant_table guest guest-msr guest/hypercall guest/hyperv guest/hyperv-hcall guest/hyperv-tlfs guest/hypervisor
    guest/pvh-boot guest/xen guest/xen-hcall guest_access guest_atomics guest_pt hap hardirq hpet hvm/asid
    hvm/cacheattr hvm/domain hvm/emulate hvm/event hvm/grant_table hvm/guest_access hvm/hvm hvm/io hvm/iommu
    hvm/ioreq hvm/irq hvm/monitor hvm/nestedhvm hvm/save hvm/support hvm/svm hvm/svm-types hvm/svm/amd-iommu-acpi
    hvm/svm/amd-iommu-defs hvm/svm/amd-iommu-proto hvm/svm/asid hvm/svm/emulate hvm/svm/intr hvm/svm/nestedsvm
    hvm/svm/svm hvm/svm/svmdebug hvm/svm/vmcb hvm/trace hvm/vcpu hvm/vioapic hvm/viridian hvm/vlapic hvm/vm_event
    hvm/vmx/vmcs hvm/vmx/vmx hvm/vmx/vpmu hvm/vmx/vpmu_core2 hvm/vmx/vvmx hvm/vpic hvm/vpmu hvm/vpt hypercall i387
    idt indirect_thunk_asm init intel-family invpcid io io-ports io_apic iocap iommu ioreq irq irq-vectors ldt
    livepatch mach-default/bios_ebda mach-default/io_ports mach-default/irq_vectors mach-default/mach_mpparse
    mach-default/mach_mpspec mach-default/mach_wakecpu mach-default/smpboot_hooks mach-generic/mach_apic
    mach-generic/mach_mpparse mach-summit/mach_mpparse machine_kexec match-cpu mc146818rtc mce mem_access mem_event
    mem_paging mem_sharing microcode mm monitor mpspec mpspec_def msi msr msr-index mtrr muldiv64 multicall mwait
    nmi nops nospec numa p2m page page-bits paging pci pdx percpu perfc perfc_defn processor prot-key psr
    pt-contig-markers pv/domain pv/grant_table pv/mm pv/shim pv/trace pv/traps random regs setup shadow shared shstk
    smp softirq spec_ctrl spec_ctrl_asm spinlock string stubs system tboot time trace trampoline traps tsc types
    uaccess unaligned vm_event vpci vpmu x86-defns x86-vendors x86_32/asm_defns x86_32/bug x86_32/elf x86_32/page
    x86_32/regs x86_32/system x86_32/uaccess x86_64/asm_defns x86_64/bug x86_64/efibind x86_64/elf x86_64/page
    x86_64/regs x86_64/system x86_64/uaccess x86_emulate xenoprof xstate`,
  crypto: `
    rijndael vmac`,
  public: `
    arch-arm arch-arm/hvm/save arch-arm/smccc arch-ia64 arch-ia64/debug_op arch-ia64/hvm/memmap arch-ia64/hvm/save
    arch-ia64/sioemu arch-ppc arch-riscv arch-x86/cpufeatureset arch-x86/cpuid arch-x86/guest-acpi arch-x86/hvm/save
    arch-x86/hvm/start_info arch-x86/pmu arch-x86/xen arch-x86/xen-mca arch-x86/xen-x86_32 arch-x86/xen-x86_64
    arch-x86_32 arch-x86_64 argo bootfdt callback device_tree_defs dom0_ops domctl elfnote errno event_channel
    features gcov grant_table hvm/dm_op hvm/e820 hvm/hvm_info_table hvm/hvm_op hvm/hvm_vcpu hvm/hvm_xs_strings
    hvm/ioreq hvm/params hvm/pvdrivers hvm/save hypfs io/9pfs io/blkif io/cameraif io/console io/displif io/fbif
    io/fsif io/kbdif io/libxenvchan io/netif io/pciif io/protocols io/pvcalls io/ring io/sndif io/tpmif io/usbif
    io/vscsiif io/xenbus io/xs_wire kexec mem_event memory nmi physdev platform pmu sched sysctl tmem trace vcpu
    version vm_event xen xen-compat xencomm xenoprof xsm/acm xsm/acm_ops xsm/flask_op`,
  xen: `
    8250-uart acpi alternative-call argo asm-offsets atomic bitmap bitops bootfdt bootinfo bsearch bug byteorder
    byteorder/big_endian byteorder/generic byteorder/little_endian byteorder/swab byteswap cache compat compile
    compiler config console consoled const coverage cper cpu cpuidle cpumask ctype debugger decompress delay
    device_tree dm dmi dom0less-build domain domain-layout domain_page dt-overlay early_printk earlycpio efi elf
    elfcore elfstructs err errno event event_fifo fdt-domain-build fdt-kernel gcov gdbstub generic grant_table
    guest_access gunzip hash hvm/iommu hvm/irq hvm/save hypercall hypercall-defs hypfs init inttypes io iocap iommu
    ioreq irq irq_cpustat kconfig kernel kexec keyhandler kimage lib lib/x86/cpu-policy lib/x86/cpuid lib/x86/msr
    lib/x86/private libelf libfdt/fdt libfdt/libfdt libfdt/libfdt-xen libfdt/libfdt_env linkage linux-compat list
    list_sort livepatch livepatch_elf livepatch_payload llc-coloring lz4 lzo macros mem_access mem_event mm mm-frame
    mm-types monitor msi muldiv64 multiboot multiboot2 multicall nmi nodemask nospec notifier numa p2m-common
    page-defs page-size paging param pci pci_ids pci_regs pdx percpu perfc perfc_defn pfn pmap pmstat preempt
    prefetch pv_console radix-tree random rangeset rbtree rcupdate resource rwlock sched sched-if scrub sections
    self-tests seqcount serial sha1 sha2 shared shutdown sizes smp softirq sort spinlock stack-protector
    static-evtchn static-memory static-shmem stdarg stdbool stdint stop_machine string stringify suspend symbols
    tasklet time timer tmem tmem_control tmem_xen trace types typesafe unaligned version vga video virtual_region
    vm_event vmap vpci wait warning watchdog xen.lds xencomm xenoprof xmalloc xvmalloc xxhash`,
  xsm: `
    acm/acm_core acm/acm_endian acm/acm_hooks dummy xsm`,
  compat: `
    domctl memory xen`,
};

/** As they are included: 'xen/lib.h', 'public/xen.h', 'asm/current.h'. */
export const xenHeaders: ReadonlySet<string> = new Set(
  Object.entries(headersByFolder).flatMap(([folder, names]) =>
    names
      .trim()
      .split(/\s+/)
      .map((name) => `${folder}/${name}.h`),
  ),
);
