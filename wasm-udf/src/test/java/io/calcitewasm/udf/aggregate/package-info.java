@NullMarked
package io.calcitewasm.udf.aggregate;

import org.jspecify.annotations.NullMarked;
