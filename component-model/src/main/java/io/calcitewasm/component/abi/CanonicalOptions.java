package io.calcitewasm.component.abi;

import io.calcitewasm.component.binary.CanonOptions.StringEncoding;
import io.calcitewasm.component.core.CoreFunction;
import io.calcitewasm.component.core.CoreMemory;
import org.jspecify.annotations.Nullable;

/**
 * Canonical options bound to the functions and the memory of one instance (CanonicalABI.md,
 * "Canonical ABI Options"). Validation has made sure that what a signature needs is there.
 *
 * @param encoding how strings look in memory
 * @param memory where lists, strings and spilled values are
 * @param realloc allocates in that memory
 * @param postReturn called after the result has been lifted
 */
public record CanonicalOptions(
    StringEncoding encoding,
    @Nullable CoreMemory memory,
    @Nullable CoreFunction realloc,
    @Nullable CoreFunction postReturn) {}
