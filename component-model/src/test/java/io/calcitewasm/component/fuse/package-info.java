/** Tests of columns without a guest. */
@NullMarked
package io.calcitewasm.component.fuse;

import org.jspecify.annotations.NullMarked;
