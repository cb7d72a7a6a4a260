/**
 * Row loops written by the host. For a function whose values fit typed columns, {@link
 * io.calcitewasm.component.fuse.DriverModule} writes a core module that calls it for every row of a
 * batch: lowering, call, lifting, post-return and reset happen in WebAssembly, and the host reads
 * and writes columns in the loop's own memory. {@link io.calcitewasm.component.fuse.RowShape} says
 * which functions that are and where their columns lie. The package uses the binary and model
 * packages; start with {@link io.calcitewasm.component.fuse.RowShape}.
 */
@NullMarked
package io.calcitewasm.component.fuse;

import org.jspecify.annotations.NullMarked;
