/**
 * What host services know about the guest that calls them: its module, the statement it runs in,
 * its log, clock and random numbers. It uses no service. Start with {@link
 * io.calcitewasm.host.context.HostContext}.
 */
@NullMarked
package io.calcitewasm.host.context;

import org.jspecify.annotations.NullMarked;
