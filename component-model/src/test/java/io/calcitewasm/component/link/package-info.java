/** Tests of linking that need no guest. */
@NullMarked
package io.calcitewasm.component.link;

import org.jspecify.annotations.NullMarked;
