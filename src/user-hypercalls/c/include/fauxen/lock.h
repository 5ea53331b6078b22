/*
 * xen/spinlock.h, xen/rwlock.h, xen/rcupdate.h, xen/preempt.h. One hypercall runs at a time, so if a lock is held when code waits for it,
 * it will never be released. A real Xen hangs there; Fauxen ends the call and reports where the lock was taken.
 */
#ifndef FAUXEN_LOCK_H
#define FAUXEN_LOCK_H

typedef struct spinlock {
    unsigned int fauxen_writers, fauxen_readers;
    const char *fauxen_file;
    unsigned int fauxen_line;
    bool fauxen_recursive;
} spinlock_t;
typedef spinlock_t rwlock_t, rspinlock_t, percpu_rwlock_t;

#define SPIN_LOCK_UNLOCKED { 0 }
#define RW_LOCK_UNLOCKED { 0 }
#define DEFINE_SPINLOCK(lock) spinlock_t lock = SPIN_LOCK_UNLOCKED
#define DEFINE_RSPINLOCK(lock) rspinlock_t lock = SPIN_LOCK_UNLOCKED
#define DEFINE_RWLOCK(lock) rwlock_t lock = { 0 }
#define spin_lock_init(lock) (*(lock) = (spinlock_t)SPIN_LOCK_UNLOCKED)
#define spin_lock_init_prof(owner, member) spin_lock_init(&(owner)->member)
#define rspin_lock_init(lock) spin_lock_init(lock)
#define rwlock_init(lock) spin_lock_init(lock)

void fauxen_lock(spinlock_t *lock, int how, const char *name, const char *file, unsigned int line);
int fauxen_try_lock(spinlock_t *lock, int how, const char *file, unsigned int line);
void fauxen_unlock(spinlock_t *lock, int how, const char *name, const char *file, unsigned int line);
enum { FAUXEN_WRITER, FAUXEN_READER, FAUXEN_AGAIN };

#define spin_lock(lock) fauxen_lock(lock, FAUXEN_WRITER, "spin_lock", __FILE__, __LINE__)
#define spin_lock_irq(lock) fauxen_lock(lock, FAUXEN_WRITER, "spin_lock_irq", __FILE__, __LINE__)
#define spin_lock_irqsave(lock, flags) ((flags) = 0, fauxen_lock(lock, FAUXEN_WRITER, "spin_lock_irqsave", __FILE__, __LINE__))
#define spin_lock_recursive(lock) fauxen_lock(lock, FAUXEN_AGAIN, "spin_lock_recursive", __FILE__, __LINE__)
#define rspin_lock(lock) fauxen_lock(lock, FAUXEN_AGAIN, "rspin_lock", __FILE__, __LINE__)
#define nrspin_lock(lock) spin_lock(lock)
#define spin_trylock(lock) fauxen_try_lock(lock, FAUXEN_WRITER, __FILE__, __LINE__)
#define spin_trylock_recursive(lock) fauxen_try_lock(lock, FAUXEN_AGAIN, __FILE__, __LINE__)
#define spin_unlock(lock) fauxen_unlock(lock, FAUXEN_WRITER, "spin_unlock", __FILE__, __LINE__)
#define spin_unlock_irq(lock) spin_unlock(lock)
#define spin_unlock_irqrestore(lock, flags) ((void)(flags), spin_unlock(lock))
#define spin_unlock_recursive(lock) spin_unlock(lock)
#define rspin_unlock(lock) spin_unlock(lock)
#define nrspin_unlock(lock) spin_unlock(lock)
#define spin_is_locked(lock) ((lock)->fauxen_writers != 0)
#define spin_barrier(lock) ((void)(lock))
#define read_lock(lock) fauxen_lock(lock, FAUXEN_READER, "read_lock", __FILE__, __LINE__)
#define read_lock_irq(lock) read_lock(lock)
#define read_lock_irqsave(lock, flags) ((flags) = 0, read_lock(lock))
#define read_trylock(lock) fauxen_try_lock(lock, FAUXEN_READER, __FILE__, __LINE__)
#define read_unlock(lock) fauxen_unlock(lock, FAUXEN_READER, "read_unlock", __FILE__, __LINE__)
#define read_unlock_irq(lock) read_unlock(lock)
#define read_unlock_irqrestore(lock, flags) ((void)(flags), read_unlock(lock))
#define write_lock(lock) fauxen_lock(lock, FAUXEN_WRITER, "write_lock", __FILE__, __LINE__)
#define write_lock_irq(lock) write_lock(lock)
#define write_lock_irqsave(lock, flags) ((flags) = 0, write_lock(lock))
#define write_trylock(lock) fauxen_try_lock(lock, FAUXEN_WRITER, __FILE__, __LINE__)
#define write_unlock(lock) fauxen_unlock(lock, FAUXEN_WRITER, "write_unlock", __FILE__, __LINE__)
#define write_unlock_irq(lock) write_unlock(lock)
#define write_unlock_irqrestore(lock, flags) ((void)(flags), write_unlock(lock))
#define rw_is_locked(lock) ((lock)->fauxen_writers != 0 || (lock)->fauxen_readers != 0)
#define rw_is_write_locked(lock) ((lock)->fauxen_writers != 0)

typedef struct { int fauxen_unused; } rcu_read_lock_t;
#define DEFINE_RCU_READ_LOCK(lock) rcu_read_lock_t lock
extern rcu_read_lock_t domlist_read_lock;
#define rcu_read_lock(lock) ((void)(lock))
#define rcu_read_unlock(lock) ((void)(lock))
#define rcu_dereference(pointer) (pointer)
#define rcu_assign_pointer(pointer, value) ((pointer) = (value))
extern spinlock_t domlist_update_lock;

#define preempt_disable() ((void)0)
#define preempt_enable() ((void)0)
#define local_irq_disable() ((void)0)
#define local_irq_enable() ((void)0)
#define local_irq_save(flags) ((flags) = 0)
#define local_irq_restore(flags) ((void)(flags))
#define local_irq_is_enabled() 1
#define in_irq() 0
#define in_atomic() 0
/* A user's hypercall is never preempted; --handler-timeout limits it. */
#define hypercall_preempt_check() 0
#define general_preempt_check() 0
unsigned long hypercall_create_continuation(unsigned int op, const char *format, ...);
#define process_pending_softirqs() ((void)0)

#endif
