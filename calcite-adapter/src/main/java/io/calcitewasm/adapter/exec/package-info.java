/**
 * What runs while a statement executes: the data context and the call sites of functions in
 * generated code. It uses {@code udf} alone. Start with {@link
 * io.calcitewasm.adapter.exec.CallSite}.
 */
@NullMarked
package io.calcitewasm.adapter.exec;

import org.jspecify.annotations.NullMarked;
