// The functions around a `case` that a patch adds: what they pass to it, and what they do with its result. Written from their behaviour.
// A command gets here after Xen's own checks, because the model has no command with its number.

/** A dispatcher, from the point of view of a case. */
export interface Frame {
  /** The hypercall. */
  readonly hypercall: string;
  /** Declarations from the raw arguments a0 … a4, and the copies made before the switch. A failed copy returns. */
  readonly before: string;
  /** After the switch; `result` is the variable that the case uses: ret or rc. */
  readonly after: string;
  /** The result after a `break` if the case set none. */
  readonly result?: string;
}

const handle = (name: string, type: string, index: number) =>
  `XEN_GUEST_HANDLE_PARAM(${type}) ${name} FAUXEN_MAYBE = { (void *)a${index} };`;
const value = (type: string, name: string, index: number) => `${type} ${name} FAUXEN_MAYBE = (${type})a${index};`;
const locals = 'struct domain *currd FAUXEN_MAYBE = current->domain; struct vcpu *curr FAUXEN_MAYBE = current;';

/** A hypercall with its command in the first argument and a pointer in the second. */
const simple = (hypercall: string, command = 'int', commandName = 'cmd'): Frame => ({
  hypercall,
  before: `${value(command, commandName, 0)} ${handle('arg', 'void', 1)} ${locals}`,
  after: 'return RESULT;',
});

/** A struct with a union: copied in whole, and copied back if the case asks for it, or always unless it declines. */
const union = (hypercall: string, struct: string, pointer: string, names: string, copies: string): Frame => ({
  hypercall,
  before: `struct ${struct} curop, ${names}; ${handle(pointer, `${struct}_t`, 0)} ${locals}
    if ( copy_from_guest(&curop, ${pointer}, 1) ) return -EFAULT;`,
  after: `if ( ${copies} && copy_to_guest(${pointer}, &curop, 1) ) RESULT = -EFAULT; return RESULT;`,
});

const aliases = (name: string) => `*op FAUXEN_MAYBE = &curop, *${name} FAUXEN_MAYBE = &curop`;
const domain = 'struct domain *d FAUXEN_MAYBE;';
const domctl = union('domctl', 'xen_domctl', 'u_domctl', aliases('domctl'), 'copyback');
const domctlFrame: Frame = {
  ...domctl,
  before: `${domain} int copyback FAUXEN_MAYBE = 0; ${domctl.before} d = rcu_lock_domain_by_id(curop.domain);`,
};
const sysctl = (copyback: string): Frame => {
  const frame = union('sysctl', 'xen_sysctl', 'u_sysctl', aliases('sysctl'), '(copyback && (!RESULT || copyback > 0))');
  return { ...frame, before: `int copyback FAUXEN_MAYBE = ${copyback}; ${frame.before}` };
};
const memory: Frame = {
  hypercall: 'memory_op',
  before: `${value('unsigned long', 'cmd', 0)} int op FAUXEN_MAYBE = (int)a0; ${handle('arg', 'void', 1)} ${domain} ${locals}
    struct domain *curr_d FAUXEN_MAYBE = current->domain;`,
  after: 'return RESULT;',
};
const vcpu: Frame = {
  hypercall: 'vcpu_op',
  before: `${value('int', 'cmd', 0)} ${value('unsigned int', 'vcpuid', 1)} ${handle('arg', 'void', 2)} ${locals}
    struct domain *d FAUXEN_MAYBE = current->domain; struct vcpu *v FAUXEN_MAYBE = domain_vcpu(current->domain, (unsigned int)a1);`,
  after: 'return RESULT;',
};

/** Its struct is in the first of the caller's buffers. Fields beyond the end of the buffer are 0, and are not copied back. */
const deviceModel: Frame = {
  hypercall: 'dm_op',
  before: `${domain} struct xen_dm_op op FAUXEN_MAYBE = { 0 }; bool const_op FAUXEN_MAYBE = true; ${locals}
    struct { struct xen_dm_op *p; unsigned long size; } buffer;
    if ( raw_copy_from_guest(&buffer, (void *)a2, sizeof(buffer)) ) return -EFAULT;
    if ( raw_copy_from_guest(&op, buffer.p, min_t(unsigned long, sizeof(op), buffer.size)) ) return -EFAULT;
    d = rcu_lock_domain_by_id((domid_t)a0);`,
  after: `if ( (!RESULT || RESULT == -ERESTART) && !const_op &&
       raw_copy_to_guest(buffer.p, &op, min_t(unsigned long, sizeof(op), buffer.size)) ) RESULT = -EFAULT;
    return RESULT;`,
};

/** By the name of the function with the switch. */
export const frames: Readonly<Record<string, Frame>> = {
  do_domctl: domctlFrame,
  arch_do_domctl: domctlFrame,
  do_sysctl: sysctl('-1'),
  arch_do_sysctl: sysctl('0'),
  do_platform_op: union('platform_op', 'xen_platform_op', 'u_xenpf_op', aliases('platform_op'), '0'),
  do_xen_version: {
    ...simple('xen_version'),
    before: `${simple('xen_version').before} bool deny FAUXEN_MAYBE = !is_control_domain(current->domain);`,
    result: '-ENOSYS',
  },
  do_hvm_op: simple('hvm_op', 'unsigned long', 'op'),
  do_memory_op: memory,
  arch_memory_op: memory,
  subarch_memory_op: memory,
  do_event_channel_op: simple('event_channel_op'),
  do_sched_op: simple('sched_op'),
  do_physdev_op: {
    ...simple('physdev_op'),
    before: `${simple('physdev_op').before} int irq FAUXEN_MAYBE; struct vcpu *v FAUXEN_MAYBE = current;`,
  },
  dm_op: deviceModel,
  do_vcpu_op: vcpu,
  common_vcpu_op: vcpu,
  arch_do_vcpu_op: vcpu,
  do_grant_table_op: {
    hypercall: 'grant_table_op',
    before: `${value('unsigned int', 'cmd', 0)} ${handle('uop', 'void', 1)} ${value('unsigned int', 'count', 2)} ${locals}`,
    after: 'return RESULT;',
  },
  do_console_io: {
    hypercall: 'console_io',
    before: `${value('unsigned int', 'cmd', 0)} ${value('unsigned int', 'count', 1)} ${handle('buffer', 'char', 2)} ${locals} unsigned int idx FAUXEN_MAYBE, len FAUXEN_MAYBE;`,
    after: 'return RESULT;',
  },
  do_vm_assist: {
    hypercall: 'vm_assist',
    before: `${value('unsigned int', 'cmd', 0)} ${value('unsigned int', 'type', 1)} ${locals}`,
    after: 'return RESULT;',
  },
  do_nmi_op: simple('nmi_op', 'unsigned int'),
  do_callback_op: simple('callback_op'),
  do_xenpmu_op: simple('xenpmu_op', 'unsigned int', 'op'),
  do_kexec_op_internal: {
    ...simple('kexec_op', 'unsigned long', 'op'),
    before: `${value('unsigned long', 'op', 0)} ${handle('uarg', 'void', 1)} ${locals}`,
  },
};

/** Their declarations, for clang. */
export const framePrelude = `#define FAUXEN_MAYBE __attribute__((unused))
#ifndef DO /* what kernel.c and others of Xen's define */
#define DO(name) long do_##name
#endif
`;
