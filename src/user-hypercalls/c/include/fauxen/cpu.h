/* xen/time.h, xen/smp.h, xen/percpu.h, xen/cpumask.h, xen/delay.h: the clock and the processors. */
#ifndef FAUXEN_CPU_H
#define FAUXEN_CPU_H

typedef int64_t s_time_t;
#define STIME_MAX ((s_time_t)((uint64_t)~0UL >> 1))
#define STIME_DELTA_MAX ((s_time_t)((uint64_t)~0UL >> 2))
#define SECONDS(count) ((s_time_t)(count) * 1000000000LL)
#define MILLISECS(count) ((s_time_t)(count) * 1000000LL)
#define MICROSECS(count) ((s_time_t)(count) * 1000LL)
s_time_t get_s_time(void);
#define NOW() get_s_time()
unsigned long get_cycles(void);
typedef unsigned long cycles_t;
#define rdtsc() get_cycles()
#define rdtsc_ordered() get_cycles()
#define rdtscll(value) ((value) = get_cycles())
unsigned long get_sec(void);
#define get_localtime(d) (get_sec() + (d)->time_offset.seconds)
#define get_localtime_us(d) (get_localtime(d) * 1000000UL)
/* These return at once: no time passes. */
#define udelay(count) ((void)(count))
#define mdelay(count) ((void)(count))

extern unsigned int nr_cpu_ids;
extern unsigned long cpu_khz;
#define smp_processor_id() ((unsigned int)current->processor)
#define raw_smp_processor_id() smp_processor_id()
#define num_online_cpus() ((unsigned int)fauxen_machine("cpus"))
#define num_present_cpus() num_online_cpus()
#define num_possible_cpus() num_online_cpus()
#define softirq_pending(cpu) ((void)(cpu), 0)
#define cpu_is_offline(cpu) (!cpu_online(cpu))
#define cpu_online(cpu) ((cpu) < num_online_cpus())
#define cpu_present(cpu) cpu_online(cpu)
#define for_each_online_cpu(cpu) for ( (cpu) = 0; (cpu) < num_online_cpus(); (cpu)++ )
#define for_each_possible_cpu(cpu) for_each_online_cpu(cpu)
#define for_each_present_cpu(cpu) for_each_online_cpu(cpu)
#define cpu_to_node(cpu) ((void)(cpu), 0)
#define num_online_nodes() 1

#define DEFINE_PER_CPU(type, name) typeof(type) per_cpu__ ## name[NR_CPUS]
#define DEFINE_PER_CPU_READ_MOSTLY(type, name) DEFINE_PER_CPU(type, name)
#define DECLARE_PER_CPU(type, name) extern typeof(type) per_cpu__ ## name[NR_CPUS]
#define per_cpu(name, cpu) (per_cpu__ ## name[cpu])
#define this_cpu(name) (per_cpu__ ## name[smp_processor_id()])
#define __get_cpu_var(name) this_cpu(name)
#define per_cpu_ptr(name, cpu) (&(name)[cpu])
#define this_cpu_ptr(name) (&(name)[smp_processor_id()])

typedef struct cpumask { DECLARE_BITMAP(bits, NR_CPUS); } cpumask_t;
typedef cpumask_t cpumask_var_t[1];
#define CPU_MASK_NONE { { 0 } }
#define cpumask_bits(mask) ((mask)->bits)
#define alloc_cpumask_var(mask) ((void)(mask), 1)
#define zalloc_cpumask_var(mask) (cpumask_clear(*(mask)), 1)
#define free_cpumask_var(mask) ((void)(mask))
static inline void cpumask_set_cpu(int cpu, volatile cpumask_t *to) { set_bit(cpu, to->bits); }
static inline void cpumask_clear_cpu(int cpu, volatile cpumask_t *to) { clear_bit(cpu, to->bits); }
#define __cpumask_set_cpu cpumask_set_cpu
#define __cpumask_clear_cpu cpumask_clear_cpu
static inline void cpumask_clear(cpumask_t *to) { bitmap_zero(to->bits, NR_CPUS); }
static inline void cpumask_setall(cpumask_t *to) { bitmap_fill(to->bits, NR_CPUS); }
static inline int cpumask_test_cpu(unsigned int cpu, const cpumask_t *in) { return test_bit(cpu, in->bits); }
static inline void cpumask_and(cpumask_t *to, const cpumask_t *a, const cpumask_t *b) { bitmap_and(to->bits, a->bits, b->bits, NR_CPUS); }
static inline void cpumask_or(cpumask_t *to, const cpumask_t *a, const cpumask_t *b) { bitmap_or(to->bits, a->bits, b->bits, NR_CPUS); }
static inline void cpumask_andnot(cpumask_t *to, const cpumask_t *a, const cpumask_t *b) { bitmap_andnot(to->bits, a->bits, b->bits, NR_CPUS); }
static inline void cpumask_xor(cpumask_t *to, const cpumask_t *a, const cpumask_t *b) { bitmap_xor(to->bits, a->bits, b->bits, NR_CPUS); }
static inline void cpumask_copy(cpumask_t *to, const cpumask_t *from) { *to = *from; }
static inline int cpumask_empty(const cpumask_t *in) { return bitmap_empty(in->bits, NR_CPUS); }
static inline int cpumask_equal(const cpumask_t *a, const cpumask_t *b) { return bitmap_equal(a->bits, b->bits, NR_CPUS); }
static inline unsigned int cpumask_weight(const cpumask_t *in) { return bitmap_weight(in->bits, NR_CPUS); }
static inline unsigned int cpumask_first(const cpumask_t *in) { return find_first_bit(in->bits, NR_CPUS); }
static inline unsigned int cpumask_next(int cpu, const cpumask_t *in) { return find_next_bit(in->bits, NR_CPUS, cpu + 1); }
static inline unsigned int cpumask_last(const cpumask_t *in) { unsigned int cpu, last = NR_CPUS; for ( cpu = 0; cpu < NR_CPUS; cpu++ ) if ( test_bit(cpu, in->bits) ) last = cpu; return last; }
static inline unsigned int cpumask_cycle(int cpu, const cpumask_t *in) { unsigned int next = cpumask_next(cpu, in); return next < NR_CPUS ? next : cpumask_first(in); }
#define cpumask_any(in) cpumask_first(in)
#define for_each_cpu(cpu, in) for ( (cpu) = cpumask_first(in); (cpu) < NR_CPUS; (cpu) = cpumask_next(cpu, in) )
#define get_cpu_maps() true
#define put_cpu_maps() ((void)0)
extern cpumask_t cpu_online_map;
#define cpumask_of(cpu) ({ static cpumask_t fauxen_mask; cpumask_clear(&fauxen_mask); cpumask_set_cpu(cpu, &fauxen_mask); &fauxen_mask; })

#endif
