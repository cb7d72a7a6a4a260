@NullMarked
package io.calcitewasm.policy;

import org.jspecify.annotations.NullMarked;
