@NullMarked
package io.calcitewasm.udf.table;

import org.jspecify.annotations.NullMarked;
