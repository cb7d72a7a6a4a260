/**
 * Modules: what arrives is read, judged and linked, and published as a new snapshot of the
 * registry. Nothing of a guest runs here. It uses every other package of this room. Start with
 * {@link io.calcitewasm.udf.module.Registry}.
 */
@NullMarked
package io.calcitewasm.udf.module;

import org.jspecify.annotations.NullMarked;
