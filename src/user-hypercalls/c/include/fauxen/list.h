/* xen/list.h: the doubly linked list in its two forms. */
#ifndef FAUXEN_LIST_H
#define FAUXEN_LIST_H

struct list_head { struct list_head *next, *prev; };
#define LIST_HEAD_INIT(head) { &(head), &(head) }
#define LIST_HEAD(head) struct list_head head = LIST_HEAD_INIT(head)
#define LIST_HEAD_READ_MOSTLY(head) LIST_HEAD(head)
#define INIT_LIST_HEAD(head) do { (head)->next = (head); (head)->prev = (head); } while ( 0 )
#define LIST_POISON1 ((void *)0xfffffffffff00100)
#define LIST_POISON2 ((void *)0xfffffffffff00200)

static inline void fauxen_list_put(struct list_head *each, struct list_head *before, struct list_head *after)
{
    each->prev = before;
    each->next = after;
    before->next = each;
    after->prev = each;
}
static inline void fauxen_list_take(struct list_head *each)
{
    each->prev->next = each->next;
    each->next->prev = each->prev;
}
static inline void list_add(struct list_head *each, struct list_head *head) { fauxen_list_put(each, head, head->next); }
static inline void list_add_tail(struct list_head *each, struct list_head *head) { fauxen_list_put(each, head->prev, head); }
static inline void list_del(struct list_head *each) { fauxen_list_take(each); each->next = LIST_POISON1; each->prev = LIST_POISON2; }
static inline void list_del_init(struct list_head *each) { fauxen_list_take(each); INIT_LIST_HEAD(each); }
static inline void list_move(struct list_head *each, struct list_head *head) { fauxen_list_take(each); list_add(each, head); }
static inline void list_move_tail(struct list_head *each, struct list_head *head) { fauxen_list_take(each); list_add_tail(each, head); }
static inline void list_replace(struct list_head *old, struct list_head *each) { fauxen_list_put(each, old->prev, old->next); }
static inline int list_empty(const struct list_head *head) { return head->next == head; }
static inline int list_is_singular(const struct list_head *head) { return !list_empty(head) && head->next == head->prev; }
static inline int list_is_last(const struct list_head *each, const struct list_head *head) { return each->next == head; }
static inline void list_splice(struct list_head *from, struct list_head *head)
{
    if ( list_empty(from) )
        return;
    from->prev->next = head->next;
    head->next->prev = from->prev;
    from->next->prev = head;
    head->next = from->next;
}
static inline void list_splice_init(struct list_head *from, struct list_head *head) { list_splice(from, head); INIT_LIST_HEAD(from); }

#define list_entry(pointer, type, member) container_of(pointer, type, member)
#define list_first_entry(head, type, member) list_entry((head)->next, type, member)
#define list_last_entry(head, type, member) list_entry((head)->prev, type, member)
#define list_first_entry_or_null(head, type, member) (list_empty(head) ? NULL : list_first_entry(head, type, member))
#define list_next_entry(each, member) list_entry((each)->member.next, typeof(*(each)), member)
#define list_prev_entry(each, member) list_entry((each)->member.prev, typeof(*(each)), member)
#define list_for_each(at, head) for ( (at) = (head)->next; (at) != (head); (at) = (at)->next )
#define list_for_each_prev(at, head) for ( (at) = (head)->prev; (at) != (head); (at) = (at)->prev )
#define list_for_each_safe(at, following, head) \
    for ( (at) = (head)->next, (following) = (at)->next; (at) != (head); (at) = (following), (following) = (at)->next )
#define list_for_each_backwards_safe(at, following, head) \
    for ( (at) = (head)->prev, (following) = (at)->prev; (at) != (head); (at) = (following), (following) = (at)->prev )
#define list_for_each_entry(each, head, member) \
    for ( (each) = list_entry((head)->next, typeof(*(each)), member); &(each)->member != (head); (each) = list_next_entry(each, member) )
#define list_for_each_entry_reverse(each, head, member) \
    for ( (each) = list_entry((head)->prev, typeof(*(each)), member); &(each)->member != (head); (each) = list_prev_entry(each, member) )
#define list_for_each_entry_safe(each, following, head, member) \
    for ( (each) = list_entry((head)->next, typeof(*(each)), member), (following) = list_next_entry(each, member); \
          &(each)->member != (head); (each) = (following), (following) = list_next_entry(following, member) )
#define list_for_each_entry_continue(each, head, member) \
    for ( (each) = list_next_entry(each, member); &(each)->member != (head); (each) = list_next_entry(each, member) )
#define list_add_rcu list_add
#define list_add_tail_rcu list_add_tail
#define list_del_rcu list_del
#define list_for_each_rcu list_for_each
#define list_for_each_entry_rcu list_for_each_entry

struct hlist_head { struct hlist_node *first; };
struct hlist_node { struct hlist_node *next, **pprev; };
#define HLIST_HEAD_INIT { .first = NULL }
#define HLIST_HEAD(head) struct hlist_head head = HLIST_HEAD_INIT
#define INIT_HLIST_HEAD(head) ((head)->first = NULL)
#define INIT_HLIST_NODE(node) ((node)->next = NULL, (node)->pprev = NULL)
static inline int hlist_unhashed(const struct hlist_node *node) { return !node->pprev; }
static inline int hlist_empty(const struct hlist_head *head) { return !head->first; }
static inline void hlist_del(struct hlist_node *node)
{
    *node->pprev = node->next;
    if ( node->next )
        node->next->pprev = node->pprev;
    node->next = LIST_POISON1;
    node->pprev = LIST_POISON2;
}
static inline void hlist_del_init(struct hlist_node *node)
{
    if ( hlist_unhashed(node) )
        return;
    hlist_del(node);
    INIT_HLIST_NODE(node);
}
static inline void hlist_add_head(struct hlist_node *node, struct hlist_head *head)
{
    node->next = head->first;
    if ( node->next )
        node->next->pprev = &node->next;
    head->first = node;
    node->pprev = &head->first;
}
#define hlist_entry(pointer, type, member) container_of(pointer, type, member)
#define hlist_for_each(at, head) for ( (at) = (head)->first; (at); (at) = (at)->next )
#define hlist_for_each_safe(at, following, head) \
    for ( (at) = (head)->first; (at) && ((following) = (at)->next, 1); (at) = (following) )
#define hlist_for_each_entry(each, at, head, member) \
    for ( (at) = (head)->first; (at) && ((each) = hlist_entry(at, typeof(*(each)), member), 1); (at) = (at)->next )
#define hlist_for_each_entry_safe(each, at, following, head, member) \
    for ( (at) = (head)->first; (at) && ((following) = (at)->next, (each) = hlist_entry(at, typeof(*(each)), member), 1); \
          (at) = (following) )
#define hlist_add_head_rcu hlist_add_head
#define hlist_del_rcu hlist_del
#define hlist_for_each_entry_rcu hlist_for_each_entry

#endif
