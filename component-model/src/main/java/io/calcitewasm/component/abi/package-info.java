/**
 * The canonical ABI (CanonicalABI.md of the component-model specification): how component values
 * become core values and bytes in linear memory, and back. A type is compiled once, by {@link
 * io.calcitewasm.component.abi.AbiCompiler}, to a tree of {@link
 * io.calcitewasm.component.abi.AbiType}s that know their layout; a call then only runs that tree.
 * It uses the model and core packages. Start with {@link
 * io.calcitewasm.component.abi.AbiSignature}.
 */
@NullMarked
package io.calcitewasm.component.abi;

import org.jspecify.annotations.NullMarked;
