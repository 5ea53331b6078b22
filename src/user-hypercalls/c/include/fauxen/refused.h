/* Parts of Xen that Fauxen cannot provide: using one is an error with the reason. */
#ifndef FAUXEN_REFUSED_H
#define FAUXEN_REFUSED_H

#define FAUXEN_REFUSED(why) __attribute__((unavailable(why)))
#define FAUXEN_LATER "Fauxen has none: nothing of a file runs but its hypercalls, so nothing could call it later. Try this part on a real Xen"
#define FAUXEN_CPU "Fauxen has no processor's state: its guests execute nothing. Try this part on a real Xen"
#define FAUXEN_PAGES "Fauxen's Xen has no pages of its own that a file could map: use copy_from_guest and copy_to_guest, or xmalloc"

struct page_info;
struct cpu_user_regs;
struct grant_table;
struct evtchn;

void tasklet_init(struct tasklet *tasklet, void (*function)(void *), void *data) FAUXEN_REFUSED(FAUXEN_LATER);
void softirq_tasklet_init(struct tasklet *tasklet, void (*function)(void *), void *data) FAUXEN_REFUSED(FAUXEN_LATER);
void tasklet_schedule(struct tasklet *tasklet) FAUXEN_REFUSED(FAUXEN_LATER);
void tasklet_schedule_on_cpu(struct tasklet *tasklet, unsigned int cpu) FAUXEN_REFUSED(FAUXEN_LATER);
void tasklet_kill(struct tasklet *tasklet) FAUXEN_REFUSED(FAUXEN_LATER);
void init_timer(struct timer *timer, void (*function)(void *), void *data, unsigned int cpu) FAUXEN_REFUSED(FAUXEN_LATER);
void set_timer(struct timer *timer, s_time_t expires) FAUXEN_REFUSED(FAUXEN_LATER);
void stop_timer(struct timer *timer) FAUXEN_REFUSED(FAUXEN_LATER);
void kill_timer(struct timer *timer) FAUXEN_REFUSED(FAUXEN_LATER);
void migrate_timer(struct timer *timer, unsigned int cpu) FAUXEN_REFUSED(FAUXEN_LATER);
void open_softirq(int number, void (*function)(void)) FAUXEN_REFUSED(FAUXEN_LATER);
void raise_softirq(unsigned int number) FAUXEN_REFUSED(FAUXEN_LATER);
void call_rcu(struct rcu_head *head, void (*function)(struct rcu_head *)) FAUXEN_REFUSED(FAUXEN_LATER);
void smp_call_function(void (*function)(void *), void *data, int wait) FAUXEN_REFUSED(FAUXEN_LATER);
void on_selected_cpus(const cpumask_t *cpus, void (*function)(void *), void *data, int wait) FAUXEN_REFUSED(FAUXEN_LATER);
int continue_hypercall_on_cpu(unsigned int cpu, long (*function)(void *), void *data) FAUXEN_REFUSED(FAUXEN_LATER);
void init_waitqueue_head(struct waitqueue_head *head) FAUXEN_REFUSED(FAUXEN_LATER);
void wake_up_all(struct waitqueue_head *head) FAUXEN_REFUSED(FAUXEN_LATER);
void register_keyhandler(unsigned char key, void *function, const char *text, _Bool diagnostic) FAUXEN_REFUSED(FAUXEN_LATER);
int request_irq(unsigned int irq, unsigned int flags, void *function, const char *name, void *data) FAUXEN_REFUSED(FAUXEN_LATER);

struct cpu_user_regs *guest_cpu_user_regs(void) FAUXEN_REFUSED(FAUXEN_CPU);
unsigned long read_cr0(void) FAUXEN_REFUSED(FAUXEN_CPU);
unsigned long read_cr3(void) FAUXEN_REFUSED(FAUXEN_CPU);
unsigned long read_cr4(void) FAUXEN_REFUSED(FAUXEN_CPU);
void rdmsrl(unsigned int msr, unsigned long value) FAUXEN_REFUSED(FAUXEN_CPU);
void wrmsrl(unsigned int msr, unsigned long value) FAUXEN_REFUSED(FAUXEN_CPU);
void cpuid(unsigned int leaf, unsigned int *a, unsigned int *b, unsigned int *c, unsigned int *d) FAUXEN_REFUSED(FAUXEN_CPU);
void __vmwrite(unsigned long field, unsigned long value) FAUXEN_REFUSED(FAUXEN_CPU);
void __vmread(unsigned long field, unsigned long *value) FAUXEN_REFUSED(FAUXEN_CPU);
void flush_tlb_mask(const cpumask_t *mask) FAUXEN_REFUSED(FAUXEN_CPU);

void *map_domain_page(mfn_t frame) FAUXEN_REFUSED(FAUXEN_PAGES);
void *map_domain_page_global(mfn_t frame) FAUXEN_REFUSED(FAUXEN_PAGES);
void unmap_domain_page(const void *address) FAUXEN_REFUSED(FAUXEN_PAGES);
struct page_info *alloc_domheap_page(struct domain *d, unsigned int flags) FAUXEN_REFUSED(FAUXEN_PAGES);
struct page_info *alloc_domheap_pages(struct domain *d, unsigned int order, unsigned int flags) FAUXEN_REFUSED(FAUXEN_PAGES);
void free_domheap_page(struct page_info *page) FAUXEN_REFUSED(FAUXEN_PAGES);
void free_domheap_pages(struct page_info *page, unsigned int order) FAUXEN_REFUSED(FAUXEN_PAGES);
struct page_info *get_page_from_gfn(struct domain *d, unsigned long frame, void *type, unsigned int how) FAUXEN_REFUSED(FAUXEN_PAGES);
struct page_info *mfn_to_page(mfn_t frame) FAUXEN_REFUSED(FAUXEN_PAGES);
mfn_t page_to_mfn(const struct page_info *page) FAUXEN_REFUSED(FAUXEN_PAGES);
void put_page(struct page_info *page) FAUXEN_REFUSED(FAUXEN_PAGES);
unsigned long virt_to_mfn(const void *address) FAUXEN_REFUSED(FAUXEN_PAGES);
paddr_t virt_to_maddr(const void *address) FAUXEN_REFUSED(FAUXEN_PAGES);
struct page_info *virt_to_page(const void *address) FAUXEN_REFUSED(FAUXEN_PAGES);
void *mfn_to_virt(unsigned long frame) FAUXEN_REFUSED(FAUXEN_PAGES);
void *maddr_to_virt(paddr_t address) FAUXEN_REFUSED(FAUXEN_PAGES);
unsigned long gmfn_to_mfn(struct domain *d, unsigned long frame) FAUXEN_REFUSED(FAUXEN_PAGES);
void share_xen_page_with_guest(struct page_info *page, struct domain *d, int how) FAUXEN_REFUSED(FAUXEN_PAGES);
void *__vmap(const mfn_t *frames, unsigned int size, unsigned int count, unsigned int align, unsigned int flags, int type) FAUXEN_REFUSED(FAUXEN_PAGES);
void *vmap(const mfn_t *frames, unsigned int count) FAUXEN_REFUSED(FAUXEN_PAGES);
void *ioremap(paddr_t address, size_t bytes) FAUXEN_REFUSED(FAUXEN_PAGES);

#endif
