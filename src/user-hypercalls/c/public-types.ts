// Small types of Xen's public headers that files and patches use without defining them. No release changed them.

/** Members by the name of the struct; it also has the name with _t, and guest handles by both. */
const structs: Readonly<Record<string, string>> = {
  xenctl_bitmap: 'XEN_GUEST_HANDLE_64(uint8) bitmap; uint32_t nr_bits;',
  xenctl_cpumap: 'XEN_GUEST_HANDLE_64(uint8) bitmap; uint32_t nr_cpus;',
  physdev_pci_device: 'uint16_t seg; uint8_t bus; uint8_t devfn;',
  vcpu_time_info:
    'uint32_t version, pad0; uint64_t tsc_timestamp, system_time; uint32_t tsc_to_system_mul; int8_t tsc_shift; uint8_t flags, pad1[2];',
  xen_feature_info: 'unsigned int submap_idx; uint32_t submap;',
  xen_platform_parameters: 'xen_ulong_t virt_start;',
  xen_compile_info: 'char compiler[64], compile_by[16], compile_domain[32], compile_date[32];',
  xen_build_id: 'uint32_t len; unsigned char buf[];',
  xen_varbuf: 'uint32_t len; unsigned char buf[];',
  evtchn_alloc_unbound: 'domid_t dom, remote_dom; evtchn_port_t port;',
  evtchn_bind_interdomain: 'domid_t remote_dom; evtchn_port_t remote_port, local_port;',
  evtchn_bind_virq: 'uint32_t virq, vcpu; evtchn_port_t port;',
  evtchn_close: 'evtchn_port_t port;',
  evtchn_send: 'evtchn_port_t port;',
  evtchn_unmask: 'evtchn_port_t port;',
  evtchn_reset: 'domid_t dom;',
  sched_shutdown: 'unsigned int reason;',
  sched_remote_shutdown: 'domid_t domain_id; unsigned int reason;',
  sched_watchdog: 'uint32_t id, timeout;',
};

const typedefs: Readonly<Record<string, string>> = {
  xen_extraversion_t: 'char xen_extraversion_t[16]',
  xen_capabilities_info_t: 'char xen_capabilities_info_t[1024]',
  xen_changeset_info_t: 'char xen_changeset_info_t[64]',
  xen_commandline_t: 'char xen_commandline_t[1024]',
};

/** Declarations of those that a text uses and does not define. `code`: the text without comments. */
export function publicTypes(code: string): string {
  const uses = (name: string) =>
    new RegExp(`\\b(?:struct\\s+${name}|${name}_t|XEN_GUEST_HANDLE\\w*\\s*\\(\\s*${name})\\b`).test(code);
  const defines = (name: string) => new RegExp(`\\bstruct\\s+${name}\\s*\\{`).test(code);
  let found = '';
  for (const [name, members] of Object.entries(structs)) {
    if (!uses(name) || defines(name)) continue;
    found += `struct ${name} { ${members} };\n`;
    const alias = `${name}_t`;
    if (!new RegExp(`\\btypedef\\b[^;]*\\b${alias}\\s*;`).test(code)) found += `typedef struct ${name} ${alias};\n`;
    if (!new RegExp(`DEFINE_XEN_GUEST_HANDLE\\s*\\(\\s*${alias}\\s*\\)`).test(code))
      found += `DEFINE_XEN_GUEST_HANDLE(${alias});\n`;
  }
  for (const [name, declaration] of Object.entries(typedefs)) {
    const isUsed = new RegExp(`\\b${name}\\b`).test(code) && !found.includes(` ${name};`);
    if (isUsed && !new RegExp(`\\btypedef\\b[^;]*\\b${name}\\b`).test(code)) found += `typedef ${declaration};\n`;
  }
  return found;
}
