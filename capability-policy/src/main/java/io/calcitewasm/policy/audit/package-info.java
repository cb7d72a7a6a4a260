/**
 * The record of what was loaded, granted, replaced, denied and stopped, and by whom. Start with
 * {@code AuditEvent}.
 */
@NullMarked
package io.calcitewasm.policy.audit;

import org.jspecify.annotations.NullMarked;
