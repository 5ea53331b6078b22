/* struct domain and struct vcpu, made when they are first asked for and read from the model once for each hypercall. */

#define FAUXEN_IDS_A_TABLE 256
static struct domain **fauxen_domains[DOMID_FIRST_RESERVED / FAUXEN_IDS_A_TABLE + 1];
static unsigned long fauxen_epoch;
static struct domain *fauxen_filled; /* those that this hypercall looked at */

struct domain *hardware_domain, *dom0; /* two names of one, by release */
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

/* Before each hypercall. */
static void fauxen_enter(void)
{
    if ( !fauxen_epoch++ )
        fauxen_begin();
    fauxen_filled = NULL;
#ifdef FAUXEN_USES_HARDWARE_DOMAIN
    hardware_domain = dom0 = fauxen_domain_by_id(0);
#endif
}

/* After each: the model takes over what a handler may change. */
static void fauxen_take_over(void)
{
    struct domain *d;

    for ( d = fauxen_filled; d; d = d->fauxen_next )
        if ( d->max_pages != d->fauxen_max_pages )
            fauxen_act("max_pages", d->domain_id, d->max_pages);
}

static void *fauxen_room(unsigned long size)
{
    void *room = fauxen_allocate(size, 16);

    if ( !room )
        panic("no room for a struct of %lu bytes: Fauxen gives the domains of a file in C 3 MiB in all", size);
    return memset(room, 0, size);
}

/* Fields are const for handlers, not for what fills them. */
static void fauxen_put(const volatile void *field, unsigned long size, unsigned long value) { memcpy((void *)field, &value, size); }
#define FAUXEN_TAKE(d, field) fauxen_put(&(d)->field, sizeof((d)->field), fauxen_domain_value(id, #field))
#define FAUXEN_TAKE_VCPU(v, field) fauxen_put(&(v)->field, sizeof((v)->field), fauxen_vcpu_value(id, (v)->vcpu_id, #field))

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
        struct vcpu *v = d->vcpu[i];

        FAUXEN_TAKE_VCPU(v, processor);
        FAUXEN_TAKE_VCPU(v, pause_flags);
        FAUXEN_TAKE_VCPU(v, pause_count);
        FAUXEN_TAKE_VCPU(v, is_running);
        FAUXEN_TAKE_VCPU(v, is_initialised);
        FAUXEN_TAKE_VCPU(v, fpu_initialised);
        FAUXEN_TAKE_VCPU(v, paused_for_shutdown);
        FAUXEN_TAKE_VCPU(v, runstate.state);
        FAUXEN_TAKE_VCPU(v, runstate.state_entry_time);
        FAUXEN_TAKE_VCPU(v, runstate.time[0]);
        FAUXEN_TAKE_VCPU(v, runstate.time[1]);
        FAUXEN_TAKE_VCPU(v, runstate.time[2]);
        FAUXEN_TAKE_VCPU(v, runstate.time[3]);
    }
}

static void fauxen_fill(struct domain *d)
{
    unsigned long id = d->domain_id, target;

    FAUXEN_TAKE(d, max_vcpus);
    FAUXEN_TAKE(d, tot_pages);
    FAUXEN_TAKE(d, max_pages);
    FAUXEN_TAKE(d, outstanding_pages);
    FAUXEN_TAKE(d, xenheap_pages);
    FAUXEN_TAKE(d, shr_pages);
    FAUXEN_TAKE(d, paged_pages);
    FAUXEN_TAKE(d, options);
    FAUXEN_TAKE(d, max_evtchn_port);
    FAUXEN_TAKE(d, max_evtchns);
    FAUXEN_TAKE(d, nr_pirqs);
    FAUXEN_TAKE(d, suspend_evtchn);
    FAUXEN_TAKE(d, watchdog_inuse_map);
    FAUXEN_TAKE(d, is_dying);
    FAUXEN_TAKE(d, guest_type);
    FAUXEN_TAKE(d, controller_pause_count);
    FAUXEN_TAKE(d, time_offset.seconds);
    FAUXEN_TAKE(d, time_offset.set);
    FAUXEN_TAKE(d, is_privileged);
    FAUXEN_TAKE(d, is_hvm);
    FAUXEN_TAKE(d, is_console);
    FAUXEN_TAKE(d, is_shutting_down);
    FAUXEN_TAKE(d, is_shut_down);
    FAUXEN_TAKE(d, is_paused_by_controller);
    FAUXEN_TAKE(d, debugger_attached);
    FAUXEN_TAKE(d, creation_finished);
    FAUXEN_TAKE(d, shutdown_code);
    FAUXEN_TAKE(d, vm_assist);
    FAUXEN_TAKE(d, pause_count);
    FAUXEN_TAKE(d, arch.is_32bit_pv);
    FAUXEN_TAKE(d, arch.has_32bit_shinfo);
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
    serial = fauxen_domain_value(id, "serial"); /* counted from 1; 0: no such domain */
    if ( d && d->fauxen_serial != serial )
    {
        /* Whoever kept a pointer to the one that is gone sees a dead domain. */
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

/* For %pd and %pv. */
unsigned long fauxen_domain_number(const struct domain *d) { return d->domain_id; }
unsigned long fauxen_vcpu_number(const struct vcpu *v) { return v->vcpu_id; }
unsigned long fauxen_vcpu_domain(const struct vcpu *v) { return v->domain->domain_id; }
