@NullMarked
package io.calcitewasm.policy.audit;

import org.jspecify.annotations.NullMarked;
