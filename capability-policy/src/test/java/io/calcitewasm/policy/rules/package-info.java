@NullMarked
package io.calcitewasm.policy.rules;

import org.jspecify.annotations.NullMarked;
