/* xen/compiler.h, xen/init.h, xen/cache.h, xen/kconfig.h: attributes, barriers and initialisation. */
#ifndef FAUXEN_COMPILER_H
#define FAUXEN_COMPILER_H

/* Debian's Xen is a release build. */
#define NDEBUG 1
#define __XEN__ 1
#define CONFIG_X86 1
#define CONFIG_X86_64 1
#define CONFIG_64BIT 1
#define CONFIG_PV 1
#define CONFIG_HVM 1
#define CONFIG_COMPAT 1
#define CONFIG_NR_CPUS 256
#define NR_CPUS CONFIG_NR_CPUS
#define MAX_NUMNODES 64
#define __x86_64__ 1

#define asmlinkage
#define fastcall
#define cf_check
#define __user
#define __iomem
#define __force
#define __init
#define __exit
#define __initdata
#define __initconst
#define __cpuinit
#define __devinit
#define __read_mostly
#define __ro_after_init
#define __cacheline_aligned
#define ____cacheline_aligned
#define __must_check __attribute__((warn_unused_result))
#define __maybe_unused __attribute__((unused))
#define __used __attribute__((used))
#define __packed __attribute__((packed))
#define alignof(type) __alignof__(type)
#define __aligned(bytes) __attribute__((aligned(bytes)))
#define __pure __attribute__((pure))
#define __attribute_pure__ __attribute__((pure))
#define attr_const __attribute__((const))
#define __attribute_const__ attr_const
#define noreturn __attribute__((noreturn))
#define noinline __attribute__((noinline))
#define always_inline inline __attribute__((always_inline))
#define __inline inline
#define __deprecated
#define __section(name)
#define __transparent__ __attribute__((transparent_union))
#define __nonnull(...) __attribute__((nonnull(__VA_ARGS__)))
#define __printf(text, first) __attribute__((format(printf, text, first)))
#define fallthrough __attribute__((fallthrough))
#define likely(condition) __builtin_expect(!!(condition), 1)
#define unlikely(condition) __builtin_expect(!!(condition), 0)
#define unreachable() __builtin_unreachable()
#define offsetof(type, member) __builtin_offsetof(type, member)
#define endof_field(type, member) (offsetof(type, member) + sizeof(((type *)0)->member))
#define sizeof_field(type, member) sizeof(((type *)0)->member)
#define typeof_field(type, member) typeof(((type *)0)->member)
#define __stringify_(x...) #x
#define __stringify(x...) __stringify_(x)
/* CONFIG_X is defined as 1 or not at all: if it is 1, FAUXEN_COMMA_1 below inserts a value before the 0. */
#define FAUXEN_COMMA_1 0,
#define FAUXEN_SECOND(first, second, ...) second
#define FAUXEN_CHOOSE(comma) FAUXEN_SECOND(comma 1, 0, 0)
#define FAUXEN_CONFIG(value) FAUXEN_CHOOSE(FAUXEN_COMMA_##value)
#define IS_ENABLED(option) FAUXEN_CONFIG(option)
#define config_enabled(option) IS_ENABLED(option)

#define barrier() __asm__ __volatile__("" : : : "memory")
#define mb() barrier()
#define rmb() barrier()
#define wmb() barrier()
#define smp_mb() barrier()
#define smp_rmb() barrier()
#define smp_wmb() barrier()
#define smp_mb__before_atomic() barrier()
#define smp_mb__after_atomic() barrier()
#define cpu_relax() barrier()
#define block_speculation() barrier()
#define evaluate_nospec(condition) (!!(condition))
#define array_index_nospec(index, size) \
    ({ typeof(index) fauxen_index = (index); fauxen_index < (size) ? fauxen_index : (typeof(index))0; })
#define array_access_nospec(array, index) (array)[array_index_nospec(index, ARRAY_SIZE(array))]
#define ACCESS_ONCE(variable) (*(volatile typeof(variable) *)&(variable))
#define READ_ONCE(variable) ACCESS_ONCE(variable)
#define read_atomic(pointer) (*(volatile typeof(*(pointer)) *)(pointer))
#define write_atomic(pointer, value) (*(volatile typeof(*(pointer)) *)(pointer) = (value))
#define add_sized(pointer, value) ((void)(*(pointer) += (value)))
#define RELOC_HIDE(pointer, offset) ((typeof(pointer))((unsigned long)(pointer) + (offset)))
#define prefetch(address) ((void)(address))
#define prefetchw(address) ((void)(address))

#define BUILD_BUG_ON(condition) _Static_assert(!(condition), "BUILD_BUG_ON(" #condition ")")
#define BUILD_BUG_ON_ZERO(condition) (sizeof(struct { int : -!!(condition); }) * 0)

/* Run before the file's first hypercall. */
#define __initcall(function) \
    __attribute__((constructor, used)) static void fauxen_start_##function(void) { function(); }
#define presmp_initcall(function) __initcall(function)
#define EXPORT_SYMBOL(name)
/* Parameters of Xen's command line keep the values that the source gives them. */
#define custom_param(name, function) __attribute__((used)) static void *fauxen_param_##function = (void *)(function)
#define boolean_param(name, variable) __attribute__((used)) static void *fauxen_param_##variable = &(variable)
#define integer_param(name, variable) boolean_param(name, variable)
#define size_param(name, variable) boolean_param(name, variable)
#define string_param(name, variable) __attribute__((used)) static void *fauxen_param_##variable = (variable)
#define custom_runtime_param(name, function) custom_param(name, function)
#define boolean_runtime_param(name, variable) boolean_param(name, variable)
#define integer_runtime_param(name, variable) boolean_param(name, variable)
#define size_runtime_param(name, variable) boolean_param(name, variable)

#endif
