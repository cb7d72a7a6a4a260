/** Components from the guest kit and made-up modules, run on the real engine. */
@NullMarked
package io.calcitewasm.component;

import org.jspecify.annotations.NullMarked;
