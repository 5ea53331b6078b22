/*
 * xen/sched.h, xen/domain.h, asm/current.h, asm/domain.h: domains and virtual CPUs. The fields are those that the model has; they are read
 * again for each hypercall. A handler cannot change `const` fields.
 */
#ifndef FAUXEN_DOMAIN_H
#define FAUXEN_DOMAIN_H

#define DOMID_FIRST_RESERVED 0x7ff0U
#define DOMID_SELF 0x7ff0U
#define DOMID_IO 0x7ff1U
#define DOMID_XEN 0x7ff2U
#define DOMID_COW 0x7ff3U
#define DOMID_INVALID 0x7ff4U
#define DOMID_IDLE 0x7fffU
#define DOMID_MASK 0x7fffU
#define SHUTDOWN_CODE_INVALID (~0u)
#ifndef SHUTDOWN_poweroff
#define SHUTDOWN_poweroff 0
#define SHUTDOWN_reboot 1
#define SHUTDOWN_suspend 2
#define SHUTDOWN_crash 3
#define SHUTDOWN_watchdog 4
#define SHUTDOWN_soft_reset 5
#endif
#define RUNSTATE_running 0
#define RUNSTATE_runnable 1
#define RUNSTATE_blocked 2
#define RUNSTATE_offline 3
#define _VPF_blocked 0
#define VPF_blocked (1UL << _VPF_blocked)
#define _VPF_down 1
#define VPF_down (1UL << _VPF_down)
#define MAX_VIRT_CPUS 8192
#define XEN_LEGACY_MAX_VCPUS 32

/* Nothing calls them later (refused.h), but a struct may contain them. */
struct tasklet { int fauxen_unused; };
struct timer { int fauxen_unused; s_time_t expires; };
struct waitqueue_head { int fauxen_unused; };
struct rcu_head { int fauxen_unused; };

/* What a patch adds to Xen's structs is in headers that Fauxen generates, one for each struct; these are the types that it needs. */
#if __has_include("fauxen-fields/types.h")
#include "fauxen-fields/types.h"
#endif

struct vcpu_runstate_info { int state; uint64_t state_entry_time; uint64_t time[4]; };
typedef struct vcpu_runstate_info vcpu_runstate_info_t;

struct cpupool { const int cpupool_id; };

struct hvm_vcpu {
#if __has_include("fauxen-fields/hvm_vcpu.h")
#include "fauxen-fields/hvm_vcpu.h"
#endif
};
struct pv_vcpu {
#if __has_include("fauxen-fields/pv_vcpu.h")
#include "fauxen-fields/pv_vcpu.h"
#endif
};
struct arch_vcpu {
    union { struct hvm_vcpu hvm, hvm_vcpu; }; /* two names, by release */
    union { struct pv_vcpu pv, pv_vcpu; };
#if __has_include("fauxen-fields/arch_vcpu.h")
#include "fauxen-fields/arch_vcpu.h"
#endif
};
struct hvm_domain {
#if __has_include("fauxen-fields/hvm_domain.h")
#include "fauxen-fields/hvm_domain.h"
#endif
};
struct pv_domain {
#if __has_include("fauxen-fields/pv_domain.h")
#include "fauxen-fields/pv_domain.h"
#endif
};
struct arch_domain {
    const bool is_32bit_pv, has_32bit_shinfo;
    union { struct hvm_domain hvm, hvm_domain; };
    union { struct pv_domain pv, pv_domain; };
#if __has_include("fauxen-fields/arch_domain.h")
#include "fauxen-fields/arch_domain.h"
#endif
};

struct domain;
struct vcpu {
    const int vcpu_id;
    const int processor;
    struct domain *const domain;
    struct vcpu *const next_in_list;
    const unsigned long pause_flags;
    const atomic_t pause_count;
    const bool is_running;
    const bool is_initialised, fpu_initialised, defer_shutdown, paused_for_shutdown;
    const int poll_evtchn;
    const s_time_t periodic_period, periodic_last_event;
    const struct vcpu_runstate_info runstate;
    spinlock_t virq_lock;
    struct arch_vcpu arch;
#if __has_include("fauxen-fields/vcpu.h")
#include "fauxen-fields/vcpu.h"
#endif
};

enum guest_type { guest_type_pv, guest_type_pvh, guest_type_hvm };

struct domain {
    const domid_t domain_id;
    const unsigned int max_vcpus;
    struct vcpu **const vcpu;
    struct domain *const target;
    spinlock_t domain_lock, page_alloc_lock, event_lock, shutdown_lock, hypercall_deadlock_mutex;
    const unsigned int tot_pages;
    unsigned int max_pages; /* a handler may change it: the model then uses the new value */
    const unsigned int outstanding_pages, xenheap_pages;
    const atomic_t shr_pages, paged_pages;
    const unsigned int options, max_evtchn_port, max_evtchns, nr_pirqs, suspend_evtchn, watchdog_inuse_map;
    struct cpupool *const cpupool;
    const enum { DOMDYING_alive, DOMDYING_dying, DOMDYING_dead } is_dying;
    const enum guest_type guest_type;
    const int controller_pause_count;
    const struct { int64_t seconds; bool set; } time_offset;
    const bool is_privileged, is_hvm, is_console, is_shutting_down, is_shut_down, is_paused_by_controller;
    const bool debugger_attached, creation_finished;
    unsigned int shutdown_code; /* a handler may change it */
    const unsigned long vm_assist;
    const atomic_t pause_count;
    atomic_t refcnt;
    const xen_domain_handle_t handle;
    struct arch_domain arch;
    unsigned long fauxen_serial, fauxen_epoch;
    struct domain *fauxen_next;
    struct cpupool fauxen_cpupool;
    unsigned int fauxen_vcpus, fauxen_max_pages, fauxen_shutdown_code;
#if __has_include("fauxen-fields/domain.h")
#include "fauxen-fields/domain.h"
#endif
};

struct vcpu *fauxen_current(void);
struct domain *fauxen_domain_by_id(unsigned long domid);
struct domain *fauxen_next_domain(unsigned long domid);
#define current (fauxen_current())
extern struct domain *hardware_domain, *dom0;

#define for_each_domain(d) for ( (d) = fauxen_next_domain(0); (d); (d) = fauxen_next_domain((d)->domain_id + 1UL) )
#define for_each_vcpu(d, v) for ( (v) = (d)->vcpu ? (d)->vcpu[0] : NULL; (v); (v) = (v)->next_in_list )
struct vcpu *domain_vcpu(const struct domain *d, unsigned int vcpu_id);
static inline void vcpu_runstate_get(const struct vcpu *v, struct vcpu_runstate_info *runstate) { *runstate = v->runstate; }
#define domain_tot_pages(d) ((d)->tot_pages)

/* In Xen, references and RCU locks keep a struct domain alive; here the model does. */
struct domain *get_domain_by_id(domid_t domid);
int get_domain(struct domain *d);
void put_domain(struct domain *d);
#define get_knownalive_domain(d) ((void)get_domain(d))
#define rcu_lock_domain_by_id(domid) fauxen_domain_by_id(domid)
#define knownalive_domain_from_domid(domid) fauxen_domain_by_id(domid)
struct domain *rcu_lock_domain_by_any_id(domid_t domid);
#define get_pg_owner(domid) rcu_lock_domain_by_any_id(domid)
#define put_pg_owner(d) ((void)(d))
int fauxen_remote_domain(domid_t domid, struct domain **d, int live);
#define rcu_lock_remote_domain_by_id(domid, d) fauxen_remote_domain(domid, d, 0)
#define rcu_lock_live_remote_domain_by_id(domid, d) fauxen_remote_domain(domid, d, 1)
int rcu_lock_target_domain_by_id(domid_t domid, struct domain **d);
int rcu_lock_remote_target_domain_by_id(domid_t domid, struct domain **d);
static inline struct domain *rcu_lock_domain(struct domain *d) { return d; }
static inline struct domain *rcu_lock_current_domain(void) { return current->domain; }
static inline void rcu_unlock_domain(struct domain *d) { (void)d; }
#define domain_lock(d) spin_lock_recursive(&(d)->domain_lock)
#define domain_unlock(d) spin_unlock_recursive(&(d)->domain_lock)

#define is_idle_domain(d) ((d)->domain_id == DOMID_IDLE)
#define is_idle_vcpu(v) is_idle_domain((v)->domain)
#define is_system_domain(d) ((d)->domain_id >= DOMID_FIRST_RESERVED)
#define is_hardware_domain(d) ((d)->domain_id == 0)
#define is_control_domain(d) ((d)->is_privileged)
#define IS_PRIV(d) ((d)->is_privileged)
#define IS_PRIV_FOR(d, other) ((d)->is_privileged || (d)->target == (other))
#define is_pv_domain(d) ((d)->guest_type == guest_type_pv)
#define is_hvm_domain(d) ((d)->guest_type != guest_type_pv)
#define is_pvh_domain(d) ((d)->guest_type == guest_type_pvh)
#define has_hvm_container_domain(d) is_hvm_domain(d)
#define is_pv_vcpu(v) is_pv_domain((v)->domain)
#define is_hvm_vcpu(v) is_hvm_domain((v)->domain)
#define is_pv_32bit_domain(d) ((d)->arch.is_32bit_pv)
#define is_pv_64bit_domain(d) (is_pv_domain(d) && !is_pv_32bit_domain(d))
#define is_pv_32bit_vcpu(v) is_pv_32bit_domain((v)->domain)
#define is_pv_64bit_vcpu(v) is_pv_64bit_domain((v)->domain)
#define is_pv_32on64_domain(d) is_pv_32bit_domain(d)
#define is_vcpu_online(v) (!((v)->pause_flags & VPF_down))

/* Nothing sleeps in the model, so there is nothing to wake. */
#define vcpu_wake(v) ((void)(v))
#define vcpu_unblock(v) ((void)(v))
#define vcpu_sleep_nosync(v) ((void)(v))
#define sync_local_execstate() ((void)0)

/* What a handler can do to a domain. */
long fauxen_act(const char *what, unsigned long domid, unsigned long value);
#define domain_pause(d) ((void)fauxen_act("pause", (d)->domain_id, 0))
#define domain_unpause(d) ((void)fauxen_act("unpause", (d)->domain_id, 0))
#define domain_pause_nosync(d) domain_pause(d)
#define domain_pause_by_systemcontroller(d) ((int)fauxen_act("pause", (d)->domain_id, 0))
#define domain_unpause_by_systemcontroller(d) ((int)fauxen_act("unpause", (d)->domain_id, 0))
#define domain_shutdown(d, reason) ((int)fauxen_act("shutdown", (d)->domain_id, reason))
#define domain_crash(d, ...) \
    do { printk(XENLOG_G_ERR "domain_crash called from %s:%d\n", __FILE__, __LINE__); \
         (void)fauxen_act("crash", (d)->domain_id, 0); } while ( 0 )
#define domain_crash_synchronous() domain_crash(current->domain)
#define vcpu_pause(v) ((void)fauxen_act("vcpu_pause", (v)->domain->domain_id, (v)->vcpu_id))
#define vcpu_unpause(v) ((void)fauxen_act("vcpu_unpause", (v)->domain->domain_id, (v)->vcpu_id))
#define vcpu_pause_nosync(v) vcpu_pause(v)
#define VM_ASSIST(d, type) (((d)->vm_assist >> VMASST_TYPE_ ## type) & 1)
#define paging_mode_translate(d) is_hvm_domain(d)
#define paging_mode_external(d) is_hvm_domain(d)
#define virq_is_global(virq) ((virq) != VIRQ_TIMER && (virq) != VIRQ_DEBUG && (virq) != VIRQ_XENOPROF)
#define send_global_virq(virq) ((void)fauxen_act("virq", 0, virq))
#define send_guest_global_virq(d, virq) ((void)fauxen_act("virq", (d)->domain_id, virq))
#define send_guest_vcpu_virq(v, virq) ((void)fauxen_act("virq", (v)->domain->domain_id, virq))

#endif
