/* Locks that record where they were taken. A recursive lock counts; any other would deadlock when it is taken a second time. */

rcu_read_lock_t domlist_read_lock;
DEFINE_SPINLOCK(domlist_update_lock);

static unsigned int fauxen_held;
static const char *fauxen_held_file;
static unsigned int fauxen_held_line;

int fauxen_try_lock(spinlock_t *lock, int how, const char *file, unsigned int line)
{
    if ( how == FAUXEN_READER ? lock->fauxen_writers : (lock->fauxen_readers || (lock->fauxen_writers && !(how == FAUXEN_AGAIN && lock->fauxen_recursive))) )
        return 0;
    if ( how == FAUXEN_READER )
        lock->fauxen_readers++;
    else
        lock->fauxen_writers++;
    lock->fauxen_recursive = how == FAUXEN_AGAIN;
    lock->fauxen_file = fauxen_held_file = file;
    lock->fauxen_line = fauxen_held_line = line;
    fauxen_held++;
    return 1;
}

void fauxen_lock(spinlock_t *lock, int how, const char *name, const char *file, unsigned int line)
{
    if ( !fauxen_try_lock(lock, how, file, line) )
        panic("%s at %s:%u waits for the lock taken at %s:%u, which nothing will release: a real Xen hangs here",
              name, file, line, lock->fauxen_file, lock->fauxen_line);
}

void fauxen_unlock(spinlock_t *lock, int how, const char *name, const char *file, unsigned int line)
{
    unsigned int *count = how == FAUXEN_READER ? &lock->fauxen_readers : &lock->fauxen_writers;

    if ( *count == 0 )
        panic("%s at %s:%u of a lock that is not held: a real Xen hangs when it is taken next", name, file, line);
    (*count)--;
    fauxen_held--;
}

/* Reached only by a handler that continues itself although hypercall_preempt_check() is 0. */
unsigned long hypercall_create_continuation(unsigned int op, const char *format, ...)
{
    panic("hypercall %u continues itself (\"%s\"), though hypercall_preempt_check() is 0: Fauxen runs a hypercall in one go", op, format);
}

/* Called after each hypercall. */
static void fauxen_tell_held(const char *name)
{
    if ( fauxen_held )
        printk(XENLOG_ERR "fauxen: %s returned with the lock taken at %s:%u: the next call that takes it would hang a real Xen\n",
               name, fauxen_held_file, fauxen_held_line);
}
