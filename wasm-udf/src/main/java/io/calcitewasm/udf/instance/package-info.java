/**
 * Live instances and calls: what isolates one call from the next, limits it, stops it and turns its
 * failures into SQL errors. An {@code InstancePool} has the instances of a module version, a {@code
 * Guard} says who has one of them, the {@code Watchdog} stops who has it for too long. It uses
 * {@code signature} and {@code value}, and the component runtime. Start with {@link
 * io.calcitewasm.udf.instance.CallSession}.
 */
@NullMarked
package io.calcitewasm.udf.instance;

import org.jspecify.annotations.NullMarked;
