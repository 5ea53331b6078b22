/* xen/rbtree.h as a plain binary tree, xen/radix-tree.h as a sorted list: enough for the few items of a handler. */

static void fauxen_put_in_place(struct rb_node *old, struct rb_node *node, struct rb_root *root)
{
    struct rb_node *parent = old->fauxen_parent;

    if ( !parent )
        root->rb_node = node;
    else if ( parent->rb_left == old )
        parent->rb_left = node;
    else
        parent->rb_right = node;
    if ( node )
        node->fauxen_parent = parent;
}

void rb_replace_node(struct rb_node *old, struct rb_node *node, struct rb_root *root)
{
    fauxen_put_in_place(old, node, root);
    node->rb_left = old->rb_left;
    node->rb_right = old->rb_right;
    if ( node->rb_left )
        node->rb_left->fauxen_parent = node;
    if ( node->rb_right )
        node->rb_right->fauxen_parent = node;
}

void rb_erase(struct rb_node *node, struct rb_root *root)
{
    struct rb_node *next;

    if ( !node->rb_left )
        fauxen_put_in_place(node, node->rb_right, root);
    else if ( !node->rb_right )
        fauxen_put_in_place(node, node->rb_left, root);
    else
    {
        next = rb_next(node);
        fauxen_put_in_place(next, next->rb_right, root);
        rb_replace_node(node, next, root);
    }
}

struct rb_node *rb_first(const struct rb_root *root)
{
    struct rb_node *node = root->rb_node;

    while ( node && node->rb_left )
        node = node->rb_left;
    return node;
}

struct rb_node *rb_last(const struct rb_root *root)
{
    struct rb_node *node = root->rb_node;

    while ( node && node->rb_right )
        node = node->rb_right;
    return node;
}

struct rb_node *rb_next(const struct rb_node *node)
{
    const struct rb_node *parent = node->fauxen_parent;

    if ( node->rb_right )
        return rb_first(&(struct rb_root){ node->rb_right });
    for ( ; parent && parent->rb_right == node; node = parent, parent = node->fauxen_parent )
        ;
    return (struct rb_node *)parent;
}

struct rb_node *rb_prev(const struct rb_node *node)
{
    const struct rb_node *parent = node->fauxen_parent;

    if ( node->rb_left )
        return rb_last(&(struct rb_root){ node->rb_left });
    for ( ; parent && parent->rb_left == node; node = parent, parent = node->fauxen_parent )
        ;
    return (struct rb_node *)parent;
}

struct fauxen_radix_item {
    struct fauxen_radix_item *next;
    unsigned long index;
    void *item;
};

/* The link to the first item whose index is not lower. */
static struct fauxen_radix_item **fauxen_radix_place(struct radix_tree_root *root, unsigned long index)
{
    struct fauxen_radix_item **place = &root->fauxen_first;

    while ( *place && (*place)->index < index )
        place = &(*place)->next;
    return place;
}

void radix_tree_init(struct radix_tree_root *root) { root->fauxen_first = NULL; }

void radix_tree_destroy(struct radix_tree_root *root, void (*free)(void *))
{
    struct fauxen_radix_item *each, *next;

    for ( each = root->fauxen_first; each; each = next )
    {
        next = each->next;
        if ( free )
            free(each->item);
        xfree(each);
    }
    root->fauxen_first = NULL;
}

int radix_tree_insert(struct radix_tree_root *root, unsigned long index, void *item)
{
    struct fauxen_radix_item **place = fauxen_radix_place(root, index), *each;

    if ( *place && (*place)->index == index )
        return -EEXIST;
    each = xmalloc(struct fauxen_radix_item);
    if ( !each )
        return -ENOMEM;
    *each = (struct fauxen_radix_item){ *place, index, item };
    *place = each;
    return 0;
}

void **radix_tree_lookup_slot(struct radix_tree_root *root, unsigned long index)
{
    struct fauxen_radix_item *each = *fauxen_radix_place(root, index);

    return each && each->index == index ? &each->item : NULL;
}

void *radix_tree_lookup(struct radix_tree_root *root, unsigned long index)
{
    void **slot = radix_tree_lookup_slot(root, index);

    return slot ? *slot : NULL;
}

void *radix_tree_delete(struct radix_tree_root *root, unsigned long index)
{
    struct fauxen_radix_item **place = fauxen_radix_place(root, index), *each = *place;
    void *item = NULL;

    if ( each && each->index == index )
    {
        item = each->item;
        *place = each->next;
        xfree(each);
    }
    return item;
}

unsigned int radix_tree_gang_lookup(struct radix_tree_root *root, void **items, unsigned long first, unsigned int most)
{
    struct fauxen_radix_item *each = *fauxen_radix_place(root, first);
    unsigned int count = 0;

    for ( ; each && count < most; each = each->next )
        items[count++] = each->item;
    return count;
}
