/* struct domain and struct vcpu: created at the first use, and read from the model once per hypercall. */

#define FAUXEN_IDS_A_TABLE 256
static struct domain **fauxen_domains[DOMID_FIRST_RESERVED / FAUXEN_IDS_A_TABLE + 1];
static unsigned long fauxen_epoch;
static struct domain *fauxen_filled; /* the domains that this hypercall has used */

struct domain *hardware_domain, *dom0; /* the same domain; the name depends on the release */
unsigned int nr_cpu_ids;
unsigned long cpu_khz, total_pages, max_page;
cpumask_t cpu_online_map;

static void fauxen_begin(void)
{
    unsigned int cpu;

    nr_cpu_ids = fauxen_machine("cpus");
    cpu_khz = fauxen_machine("cpu_khz");
    total_pages = max_page = fauxen_machine("total_pages");
    for ( cpu = 0; cpu < nr_cpu_ids && cpu < NR_CPUS; cpu++ )
        cpumask_set_cpu(cpu, &cpu_online_map);
}

/* Called before each hypercall. */
static void fauxen_enter(void)
{
    if ( !fauxen_epoch++ )
        fauxen_begin();
    fauxen_filled = NULL;
#ifdef FAUXEN_USES_HARDWARE_DOMAIN
    hardware_domain = dom0 = fauxen_domain_by_id(0);
#endif
}

/* Called after each hypercall: passes the handler's changes to the model. */
static void fauxen_take_over(void)
{
    struct domain *d;

    for ( d = fauxen_filled; d; d = d->fauxen_next )
    {
        if ( d->max_pages != d->fauxen_max_pages )
            fauxen_act("max_pages", d->domain_id, d->max_pages);
        if ( d->shutdown_code != d->fauxen_shutdown_code )
            fauxen_act("shutdown_code", d->domain_id, d->shutdown_code);
    }
}

static void *fauxen_room(unsigned long size)
{
    void *room = fauxen_allocate(size, 16);

    if ( !room )
        panic("no room for a struct of %lu bytes: Fauxen gives the domains of a file in C 3 MiB in all", size);
    return memset(room, 0, size);
}

/* Fields are const for handlers, but not for the code that fills them. */
static always_inline void fauxen_put(const volatile void *field, unsigned long size, unsigned long value)
{
    if ( size == 1 )
        *(volatile uint8_t *)field = value;
    else if ( size == 2 )
        *(volatile uint16_t *)field = value;
    else if ( size == 4 )
        *(volatile uint32_t *)field = value;
    else
        *(volatile uint64_t *)field = value;
}

/* All names of a list are requested at once, so that Fauxen looks them up only once (services.ts). */
#define FAUXEN_OF_DOMAIN(X) \
    X(max_vcpus) X(tot_pages) X(max_pages) X(outstanding_pages) X(xenheap_pages) X(shr_pages) X(paged_pages) \
    X(options) X(max_evtchn_port) X(max_evtchns) X(nr_pirqs) X(suspend_evtchn) X(watchdog_inuse_map) \
    X(is_dying) X(guest_type) X(controller_pause_count) X(time_offset.seconds) X(time_offset.set) \
    X(is_privileged) X(is_hvm) X(is_console) X(is_shutting_down) X(is_shut_down) X(is_paused_by_controller) \
    X(debugger_attached) X(creation_finished) X(shutdown_code) X(vm_assist) X(pause_count) X(arch.is_32bit_pv) \
    X(arch.has_32bit_shinfo)
#define FAUXEN_OF_VCPU(X) \
    X(processor) X(pause_flags) X(pause_count) X(is_running) X(is_initialised) X(fpu_initialised) \
    X(paused_for_shutdown) X(runstate.state) X(runstate.state_entry_time) X(runstate.time[0]) \
    X(runstate.time[1]) X(runstate.time[2]) X(runstate.time[3])
#define FAUXEN_NAME(field) #field,
#define FAUXEN_TAKE(field) fauxen_put(&into->field, sizeof(into->field), *value++);
static const char *const fauxen_of_domain[] = { FAUXEN_OF_DOMAIN(FAUXEN_NAME) };
static const char *const fauxen_of_vcpu[] = { FAUXEN_OF_VCPU(FAUXEN_NAME) };

static void fauxen_fill_vcpus(struct domain *d, unsigned long id)
{
    unsigned long count = fauxen_domain_value(id, "vcpus"), i;

    if ( count > d->fauxen_vcpus )
    {
        unsigned long size = sizeof(struct vcpu *) * (d->max_vcpus > count ? d->max_vcpus : count);
        struct vcpu **table = fauxen_room(size);

        for ( i = 0; i < count; i++ )
        {
            struct vcpu *v = i < d->fauxen_vcpus ? d->vcpu[i] : fauxen_room(sizeof(*v));

            table[i] = v;
            fauxen_put(&v->vcpu_id, sizeof(v->vcpu_id), i);
            fauxen_put(&v->domain, sizeof(v->domain), (unsigned long)d);
            if ( i )
                fauxen_put(&table[i - 1]->next_in_list, sizeof(v->next_in_list), (unsigned long)v);
        }
        fauxen_put(&d->vcpu, sizeof(d->vcpu), (unsigned long)table);
        d->fauxen_vcpus = count;
    }
    for ( i = 0; i < d->fauxen_vcpus; i++ )
    {
        unsigned long values[ARRAY_SIZE(fauxen_of_vcpu)], *value = values;
        struct vcpu *into = d->vcpu[i];

        fauxen_vcpu_values(id, i, fauxen_of_vcpu, ARRAY_SIZE(fauxen_of_vcpu), values);
        FAUXEN_OF_VCPU(FAUXEN_TAKE)
    }
}

static void fauxen_fill(struct domain *into)
{
    struct domain *d = into;
    unsigned long id = d->domain_id, target, values[ARRAY_SIZE(fauxen_of_domain)], *value = values;

    fauxen_domain_values(id, fauxen_of_domain, ARRAY_SIZE(fauxen_of_domain), values);
    FAUXEN_OF_DOMAIN(FAUXEN_TAKE)
    fauxen_domain_handle(id, (void *)&d->handle);
    fauxen_put(&d->fauxen_cpupool.cpupool_id, sizeof(int), fauxen_domain_value(id, "cpupool_id"));
    fauxen_put(&d->cpupool, sizeof(d->cpupool), (unsigned long)&d->fauxen_cpupool);
    fauxen_fill_vcpus(d, id);
    target = fauxen_domain_value(id, "target");
    fauxen_put(&d->target, sizeof(d->target), target < DOMID_FIRST_RESERVED ? (unsigned long)fauxen_domain_by_id(target) : 0);
}

struct domain *fauxen_domain_by_id(unsigned long id)
{
    struct domain **place, *d;
    unsigned long serial;

    if ( id >= DOMID_FIRST_RESERVED )
        return NULL;
    if ( !fauxen_domains[id / FAUXEN_IDS_A_TABLE] )
        fauxen_domains[id / FAUXEN_IDS_A_TABLE] = fauxen_room(FAUXEN_IDS_A_TABLE * sizeof(d));
    place = &fauxen_domains[id / FAUXEN_IDS_A_TABLE][id % FAUXEN_IDS_A_TABLE];
    d = *place;
    if ( d && d->fauxen_epoch == fauxen_epoch )
        return d;
    serial = fauxen_domain_value(id, "serial"); /* counted from 1; 0 if there is no such domain */
    if ( d && d->fauxen_serial != serial )
    {
        /* A stale pointer to the old domain shows a dead domain. */
        fauxen_put(&d->is_dying, sizeof(d->is_dying), DOMDYING_dead);
        *place = d = NULL;
    }
    if ( !serial )
        return NULL;
    if ( !d )
    {
        *place = d = fauxen_room(sizeof(*d));
        fauxen_put(&d->domain_id, sizeof(d->domain_id), id);
        d->fauxen_serial = serial;
        atomic_set(&d->refcnt, 1);
    }
    d->fauxen_epoch = fauxen_epoch;
    d->fauxen_next = fauxen_filled;
    fauxen_filled = d;
    fauxen_fill(d);
    d->fauxen_max_pages = d->max_pages;
    d->fauxen_shutdown_code = d->shutdown_code;
    return d;
}

struct domain *fauxen_next_domain(unsigned long id) { return fauxen_domain_by_id(fauxen_domain_from(id)); }

struct vcpu *fauxen_current(void)
{
    struct domain *d = fauxen_domain_by_id(fauxen_caller());

    if ( !d || !d->vcpu )
        panic("current: the calling domain has no virtual CPU");
    return d->vcpu[0];
}

struct vcpu *domain_vcpu(const struct domain *d, unsigned int vcpu_id)
{
    return vcpu_id < d->fauxen_vcpus ? d->vcpu[vcpu_id] : NULL;
}

struct domain *get_domain_by_id(domid_t domid)
{
    struct domain *d = fauxen_domain_by_id(domid);

    return d && get_domain(d) ? d : NULL;
}

int get_domain(struct domain *d)
{
    if ( d->is_dying == DOMDYING_dead )
        return 0;
    atomic_inc(&d->refcnt);
    return 1;
}

void put_domain(struct domain *d)
{
    if ( atomic_read(&d->refcnt) < 2 )
        panic("put_domain of domain %d, to which no reference was taken: a real Xen destroys it", d->domain_id);
    atomic_dec(&d->refcnt);
}

struct domain *rcu_lock_domain_by_any_id(domid_t domid)
{
    return domid == DOMID_SELF ? rcu_lock_current_domain() : fauxen_domain_by_id(domid);
}

int fauxen_remote_domain(domid_t domid, struct domain **d, int live)
{
    *d = fauxen_domain_by_id(domid);
    if ( !*d )
        return -ESRCH;
    if ( *d == current->domain )
        return -EPERM;
    return live && (*d)->is_dying ? -EINVAL : 0;
}

int rcu_lock_target_domain_by_id(domid_t domid, struct domain **d)
{
    *d = rcu_lock_domain_by_any_id(domid);
    if ( !*d )
        return -ESRCH;
    return *d == current->domain || IS_PRIV_FOR(current->domain, *d) ? 0 : -EPERM;
}

int rcu_lock_remote_target_domain_by_id(domid_t domid, struct domain **d)
{
    int result = fauxen_remote_domain(domid, d, 0);

    return result || IS_PRIV_FOR(current->domain, *d) ? result : -EPERM;
}

/* For %pd and %pv. */
unsigned long fauxen_domain_number(const struct domain *d) { return d->domain_id; }
unsigned long fauxen_vcpu_number(const struct vcpu *v) { return v->vcpu_id; }
unsigned long fauxen_vcpu_domain(const struct vcpu *v) { return v->domain->domain_id; }
