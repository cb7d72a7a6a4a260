package io.calcitewasm.host.service;

import io.calcitewasm.host.context.HostContext;
import org.jspecify.annotations.Nullable;

/**
 * One function of a served interface. Arguments and result are component values as {@link
 * io.calcitewasm.component.model.ValType} tells; resources are the Java objects themselves. The
 * arguments have the types of the interface: imports of another type are not linked.
 */
@FunctionalInterface
public interface ServiceFunction {

  /**
   * Answers a guest.
   *
   * @param host the instance that calls
   * @param args the arguments, a method's {@code self} first
   * @return the result; null exactly when the function has none
   * @throws Exception {@link io.calcitewasm.component.TrapException} where the interface says that
   *     the function traps, {@link io.calcitewasm.host.context.HostDenied} for want of a grant;
   *     anything else is a fault of the host
   */
  @Nullable Object call(HostContext host, Object[] args) throws Exception;
}
