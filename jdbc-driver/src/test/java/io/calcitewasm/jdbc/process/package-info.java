/** Several processes on one database, and processes that are killed. */
@org.jspecify.annotations.NullMarked
package io.calcitewasm.jdbc.process;
