/* public/xen.h, public/sched.h, public/vcpu.h, xen/version.h: constants that no release changed, and the build's version. */
#ifndef FAUXEN_PUBLIC_H
#define FAUXEN_PUBLIC_H

#define VIRQ_TIMER 0
#define VIRQ_DEBUG 1
#define VIRQ_CONSOLE 2
#define VIRQ_DOM_EXC 3
#define VIRQ_TBUF 4
#define VIRQ_DEBUGGER 6
#define VIRQ_XENOPROF 7
#define VIRQ_CON_RING 8
#define VIRQ_PCPU_STATE 9
#define VIRQ_ENOMEM 12
#define NR_VIRQS 24
#define XEN_DOMINF_dying (1U << 0)
#define XEN_DOMINF_hvm_guest (1U << 1)
#define XEN_DOMINF_shutdown (1U << 2)
#define XEN_DOMINF_paused (1U << 3)
#define XEN_DOMINF_blocked (1U << 4)
#define XEN_DOMINF_running (1U << 5)
#define XEN_DOMINF_debugged (1U << 6)
#define XEN_DOMINF_shutdownmask 255
#define XEN_DOMINF_shutdownshift 16
#define NR_hypercalls 64

const char *xen_extra_version(void);
const char *xen_compiler(void);
const char *xen_compile_by(void);
const char *xen_compile_domain(void);
const char *xen_compile_date(void);
const char *xen_changeset(void);
unsigned int xen_major_version(void);
unsigned int xen_minor_version(void);

#endif
