/** {@code calcite:extension/kv}: the store of a module's own. */
@NullMarked
package io.calcitewasm.host.kv;

import org.jspecify.annotations.NullMarked;
