/** How long a hypercall has been served without a pause: where the answer may come later, long ones give way to others. */
export interface Turn {
  /** Whether a handler in a long loop is to give way now, as Xen's hypercall_preempt_check() asks. Cheap enough for each round. */
  isOver(): boolean;
}
