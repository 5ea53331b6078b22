/** Measures how long a hypercall has run without a pause. If its transport can answer later, a long call is preempted. */
export interface Turn {
  /**
   * Whether a handler in a long loop should be preempted now, as Xen's hypercall_preempt_check() tells. Cheap enough for each iteration.
   */
  isOver(): boolean;
}
