@NullMarked
package io.calcitewasm.udf.value;

import org.jspecify.annotations.NullMarked;
