/* xsm/xsm.h: the hooks as in Xen's default policy (dummy.h): each allows dom0, and HOOK allows all domains. */
#ifndef FAUXEN_XSM_H
#define FAUXEN_XSM_H

typedef enum { XSM_HOOK, XSM_TARGET, XSM_PRIV, XSM_DM_PRIV, XSM_DM_HOOK, XSM_XS_PRIV, XSM_HW_CTRL, XSM_OTHER } xsm_default_t;
static inline int xsm_default_action(xsm_default_t action, struct domain *source, struct domain *target)
{
    if ( action == XSM_HOOK || source->is_privileged )
        return 0;
    if ( target && source == target && (action == XSM_TARGET || action == XSM_DM_HOOK) )
        return 0;
    return target && source->target == target && action != XSM_PRIV && action != XSM_XS_PRIV ? 0 : -EPERM;
}
/*
 * Fauxen defines each hook that a file calls by FAUXEN_XSM: xsm_NAME(action, …), or without an action before Xen 4.3. The second argument
 * is the target if it is a domain.
 */
#define FAUXEN_XSM(action, args...) \
    xsm_default_action(_Generic((action), int: (action), unsigned int: (action), default: XSM_PRIV), \
                       current->domain, FAUXEN_XSM_TARGET(0, ## args, 0))
#define FAUXEN_XSM_TARGET(zero, target, ...) _Generic((target), struct domain *: (target), default: NULL)

#endif
