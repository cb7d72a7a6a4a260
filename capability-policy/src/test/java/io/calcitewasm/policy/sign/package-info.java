@NullMarked
package io.calcitewasm.policy.sign;

import org.jspecify.annotations.NullMarked;
