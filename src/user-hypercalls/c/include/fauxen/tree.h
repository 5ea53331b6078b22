/* xen/rbtree.h, xen/radix-tree.h: sorted sets, with the names and results of Xen's, but without rebalancing. */
#ifndef FAUXEN_TREE_H
#define FAUXEN_TREE_H

struct rb_node { struct rb_node *fauxen_parent, *rb_right, *rb_left; };
struct rb_root { struct rb_node *rb_node; };
#define RB_ROOT (struct rb_root){ NULL }
#define rb_parent(node) ((node)->fauxen_parent)
#define rb_entry(pointer, type, member) container_of(pointer, type, member)
#define RB_EMPTY_ROOT(root) ((root)->rb_node == NULL)
#define RB_EMPTY_NODE(node) ((node)->fauxen_parent == (node))
#define RB_CLEAR_NODE(node) ((node)->fauxen_parent = (node))
static inline void rb_link_node(struct rb_node *node, struct rb_node *parent, struct rb_node **link)
{
    node->fauxen_parent = parent;
    node->rb_left = node->rb_right = NULL;
    *link = node;
}
static inline void rb_insert_color(struct rb_node *node, struct rb_root *root) { (void)node; (void)root; }
void rb_erase(struct rb_node *node, struct rb_root *root);
void rb_replace_node(struct rb_node *old, struct rb_node *node, struct rb_root *root);
struct rb_node *rb_first(const struct rb_root *root);
struct rb_node *rb_last(const struct rb_root *root);
struct rb_node *rb_next(const struct rb_node *node);
struct rb_node *rb_prev(const struct rb_node *node);

struct radix_tree_root { struct fauxen_radix_item *fauxen_first; };
#define RADIX_TREE_INIT() { NULL }
#define RADIX_TREE(name) struct radix_tree_root name = RADIX_TREE_INIT()
void radix_tree_init(struct radix_tree_root *root);
void radix_tree_destroy(struct radix_tree_root *root, void (*free)(void *));
int radix_tree_insert(struct radix_tree_root *root, unsigned long index, void *item);
void *radix_tree_lookup(struct radix_tree_root *root, unsigned long index);
void **radix_tree_lookup_slot(struct radix_tree_root *root, unsigned long index);
void *radix_tree_delete(struct radix_tree_root *root, unsigned long index);
unsigned int radix_tree_gang_lookup(struct radix_tree_root *root, void **items, unsigned long first, unsigned int most);
static inline void *radix_tree_int_to_ptr(int value) { return (void *)((long)value << 2 | 2); }
static inline int radix_tree_ptr_to_int(void *pointer) { return (int)((long)pointer >> 2); }

#endif
