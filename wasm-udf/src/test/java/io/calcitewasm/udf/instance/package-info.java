@NullMarked
package io.calcitewasm.udf.instance;

import org.jspecify.annotations.NullMarked;
